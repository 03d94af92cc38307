// Schemes that divide the canvas: words on one part, a picture on the other.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_split(Sheet& s) {
    const double share = s.w / s.h > 1.6 ? 0.46 : 0.48;
    const Box picture = right_part(s.whole(), share);
    s.panel(picture);
    const Box words = inset(left_part(s.whole(), 1 - share), s.margin, s.margin);
    stack(s, words, {.surface = s.on_ground(), .align = Align::left, .largest = 0.15});
    if (s.dice.chance(0.7)) {
        const double size = std::min(s.w, s.h) * 0.24;
        s.badge({picture.right() - size * 0.5 - s.margin * 0.6, picture.y + size * 0.5 + s.margin * 0.6},
                size, s.on_ground(), 352);
    }
}

void draw_split_stacked(Sheet& s) {
    const double share = s.h > s.w * 1.4 ? 0.5 : 0.46;
    const bool is_picture_above = s.dice.chance(0.65);
    const Box picture = is_picture_above ? top_part(s.whole(), share) : bottom_part(s.whole(), share);
    s.panel(picture);
    Box words = is_picture_above ? bottom_part(s.whole(), 1 - share) : top_part(s.whole(), 1 - share);
    words = inset(words, s.margin, s.margin * 0.85);
    const Align align = s.dice.chance(0.5) ? Align::left : Align::center;
    stack(s, words, {.surface = s.on_ground(), .align = align, .largest = 0.15, .most_lines = 3});
    const double size = s.w * 0.22;
    s.badge({s.w - size * 0.5 - s.margin * 0.7,
             is_picture_above ? size * 0.5 + s.margin * 0.7 : s.h - size * 0.5 - s.margin * 0.7},
            size, s.on_ground(), 350);
}

void draw_diagonal(Sheet& s) {
    const bool is_tall = s.is_tall();
    // The picture takes the far side; the plate's edge leans.
    if (is_tall) {
        s.panel(top_part(s.whole(), 0.56));
        s.polygon("Plate", {0, s.h * 0.4, s.w, s.h * 0.6}, solid(s.pal.ground),
                  {{0, 0.22}, {1, 0}, {1, 1}, {0, 1}});
        s.polygon("Edge", {0, s.h * 0.385, s.w, s.h * 0.15}, solid(s.pal.accent),
                  {{0, 0.88}, {1, 0}, {1, 0.1}, {0, 1}});
        const Box words{s.margin, s.h * 0.555, s.w - 2 * s.margin, s.h * 0.445 - s.margin};
        stack(s, words,
              {.surface = s.on_ground(), .largest = 0.15, .most_lines = 3, .button = Button::square});
    } else {
        s.panel(right_part(s.whole(), 0.56));
        s.polygon("Plate", {0, 0, s.w * 0.6, s.h}, solid(s.pal.ground), {{0, 0}, {1, 0}, {0.78, 1}, {0, 1}});
        s.polygon("Edge", {s.w * 0.468, 0, s.w * 0.144, s.h}, solid(s.pal.accent),
                  {{0.915, 0}, {1, 0}, {0.085, 1}, {0, 1}});
        const Box words{s.margin, s.margin, s.w * 0.465 - s.margin, s.h - 2 * s.margin};
        stack(s, words, {.surface = s.on_ground(), .largest = 0.15, .button = Button::square});
    }
    const double size = std::min(s.w, s.h) * 0.24;
    s.badge({s.w - size * 0.5 - s.margin * 0.6, size * 0.5 + s.margin * 0.6}, size, s.on_ground(), 8);
}

void draw_sidebar(Sheet& s) {
    const double share = s.w / s.h > 1.7 ? 0.36 : 0.4;
    const Box bar = left_part(s.whole(), share);
    const Surface on = s.on_primary();
    s.rectangle("Sidebar", bar, solid(s.pal.primary));
    const Box rest = right_part(s.whole(), 1 - share);
    s.panel(rest);
    stack(s, inset(bar, s.margin * 0.85, s.margin),
          {.surface = on, .largest = 0.12, .button = Button::square, .has_rule = true});
    const double size = std::min(s.w, s.h) * 0.24;
    s.badge({rest.right() - size * 0.5 - s.margin * 0.6, s.h - size * 0.5 - s.margin * 0.6}, size,
            s.on_ground(), 352);
}

}  // namespace atelier::ai::builtin::layout
