#pragma once
// The type cabinet: open families that ops/packages installs, what they are like, and which go together.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::ai::builtin::layout {

enum class Letterform { sans, rounded, condensed, serif, didone, slab, script };

struct FontFamily {
    std::string_view name;  ///< as fontconfig knows it
    Letterform form;
    std::vector<int> weights;  ///< what really exists, ascending
    bool has_italic;
    bool has_small_letters;  ///< false: capitals only
    std::string_view package, licence;
};
std::span<const FontFamily> font_families();
/// nullptr for one that is not in the cabinet.
const FontFamily* find_font(std::string_view name);
/// The nearest weight that the family has.
int nearest_weight(const FontFamily& family, int weight);

/// How a design speaks: two families and the manner of the headline.
struct TypePairing {
    std::string_view name;
    std::string_view heading, body;
    int heading_weight, body_weight, strong_weight;  ///< strong: kickers and buttons
    bool is_uppercase;
    double letter_spacing;   ///< of the headline, em
    double line_height;      ///< of the headline
    double ratio;            ///< of the type scale: 1.2 minor third … 1.618 golden
    std::string_view tones;  ///< words that call for it, between blanks
};
std::span<const TypePairing> type_pairings();

/// The family for a language whose letters the cabinet lacks, with or without serifs as `like`; empty for
/// languages that need none.
std::string_view family_for_language(std::string_view language, Letterform like);

}  // namespace atelier::ai::builtin::layout
