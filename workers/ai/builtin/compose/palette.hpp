#pragma once
// Colours of a design: a harmony in OKLCH grown from the brand, the colours that the brief names, its
// occasion or its tone.

#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/compose/dice.hpp"

namespace atelier::ai::builtin::layout {

/// How the ground looks.
enum class Ground { light, pastel, vivid, deep, dark };

/// Each `on_…` and `ink…` reads with at least 4.5 : 1 on what it is named after.
struct Palette {
    std::string name;  ///< ground and harmony: "dark complementary"
    Ground ground_kind = Ground::light;
    design::Color ground, ink;
    design::Color soft_ink;             ///< for what matters less, on the ground
    design::Color surface;              ///< a second ground, near the first
    design::Color primary, on_primary;  ///< plates, panels
    design::Color accent, on_accent;    ///< buttons, badges
    design::Color accent_ink;           ///< the accent as letters on the ground
    std::vector<design::Stop> metal;    ///< a gradient for headlines; empty where there is none
    std::vector<design::Color> art;     ///< for pictures, 3–4, the ground first
    bool is_dark() const { return ground_kind == Ground::dark || ground_kind == Ground::deep; }
};

/// 3–10 that suit the brief, the most fitting first. A brand's colours hold.
std::vector<Palette> palettes_for(const Brief& brief, const std::optional<design::Brand>& brand, Dice& dice);

/// All words of tone, style, occasion and purpose in lower case between blanks, to look words up in.
std::string words_of(const Brief& brief);
bool has_word(const std::string& words, std::string_view any_of);

}  // namespace atelier::ai::builtin::layout
