#pragma once
// A stack of words in a box: sizes by the type scale, the headline as large as the box lets it be, parts that
// are empty leave nothing behind, parts that find no room are left out, the least important first.

#include "workers/ai/builtin/compose/sheet.hpp"

namespace atelier::ai::builtin::layout {

/// Parts of the copy, in the order in which they are read.
enum Part : unsigned {
    kBrand = 1,
    kKicker = 2,
    kHeadline = 4,
    kSubheadline = 8,
    kBody = 16,
    kCta = 32,
    kCaption = 64,
    kBadge = 128,  ///< as a line of its own, large
    kAllParts = 127,
};

enum class Button { pill, rounded, square, outline, line };

struct StackStyle {
    unsigned parts = kAllParts;
    Surface surface;
    design::Align align = design::Align::left;
    design::VerticalAlign vertical = design::VerticalAlign::middle;
    double largest = 0.2;   ///< of the headline, in units of the sheet
    int most_lines = 5;     ///< of the headline
    double steps = 0;       ///< the headline is at least so many times the running text; 0: as the scale says
    double text_scale = 1;  ///< of everything but the headline
    Button button = Button::pill;
    bool has_rule = false;  ///< a short rule under the headline
    bool may_emphasise = true;
    bool is_metal = true;  ///< the headline takes the metal where the palette has one
};

/// The room that the words took; empty where there were none.
design::Box stack(Sheet& sheet, design::Box box, const StackStyle& style);

/// The same with brand and kicker at the top of the box, the caption at its bottom and the rest between.
/// The room that the rest took.
design::Box spread(Sheet& sheet, design::Box box, const StackStyle& style);

/// The parts among `parts` for which the copy has words.
unsigned parts_present(const Sheet& sheet, unsigned parts);

}  // namespace atelier::ai::builtin::layout
