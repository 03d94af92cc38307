// Schemes that live from letters.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_quote_card(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.background_art(Calm::middle);
    s.veil(s.whole(), 0.86);
    s.rule({s.margin, s.margin, side * 0.09, std::max(1.0, side * 0.008)}, s.pal.accent_ink);
    stack(s, {s.margin, s.margin + side * 0.06, s.w - 2 * s.margin, s.h - 2 * s.margin - side * 0.06},
          {.surface = s.on_veil(),
           .align = Align::left,
           .vertical = VerticalAlign::middle,
           .largest = 0.16,
           .button = Button::line});
}

void draw_giant_type(Sheet& s) {
    StackStyle style{.surface = s.on_ground(),
                     .largest = 0.32,
                     .most_lines = 4,
                     .steps = 4.2,
                     .text_scale = 0.92,
                     .button = Button::square};
    if (s.is_wide()) {
        s.panel(right_part(s.whole(), 0.24));
        stack(s, inset(left_part(s.whole(), 0.76), s.margin), style);
        return;
    }
    // The words come first; the picture takes what they leave.
    style.vertical = VerticalAlign::top;
    const Box taken = stack(s, inset(top_part(s.whole(), 0.78), s.margin), style);
    const double from = std::min(s.h * 0.78, taken.bottom() + s.margin);
    s.panel({0, from, s.w, s.h - from});
}

void draw_stacked_type(Sheet& s) {
    const Surface on = s.on_primary();
    s.ground(s.pal.primary);
    const double side = std::min(s.w, s.h);
    StackStyle style{.surface = on,
                     .vertical = VerticalAlign::bottom,
                     .largest = 0.24,
                     .most_lines = 4,
                     .steps = 3.6,
                     .button = Button::square,
                     .is_metal = false};
    if (s.is_wide()) {
        const double d = std::min(s.h * 0.62, s.w * 0.3);
        s.panel({s.w - d - s.margin, s.margin, d, d}, {d, d, d, d});
        stack(s, {s.margin, s.margin, s.w - d - 2.6 * s.margin, s.h - 2 * s.margin}, style);
        return;
    }
    const double d = s.is_tall() ? s.w * 0.56 : side * 0.34;
    s.panel({s.w - d - s.margin, s.margin, d, d}, {d, d, d, d});
    const double top = s.margin + d + s.text * (s.is_tall() ? 1 : 0.4);
    stack(s, {s.margin, top, s.w - 2 * s.margin, s.h - top - s.margin}, style);
}

}  // namespace atelier::ai::builtin::layout
