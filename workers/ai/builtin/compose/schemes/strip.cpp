// Schemes for very wide and very high canvases: few words, in a row or in a column.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/scheme.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

namespace {

/// A button at the right end of the box, where the copy has one; what is left of the box.
Box button_at_right(Sheet& s, Box box, const Surface& on) {
    if (s.copy.cta.empty()) return box;
    const double em = s.metrics.width(s.type.strong, s.copy.cta) * 1.03 + 2.2;
    const double size = std::min(std::clamp(s.h * 0.13, 12.0, s.h * 0.28), box.width * 0.34 / em);
    const double width = em * size;
    if (size < std::min(10.0, s.h * 0.2)) return box;
    const double height = std::min(box.height, size * 2.4);
    draw_button(s, s.copy.cta, s.type.strong, std::floor(size * 10) / 10,
                {box.right() - width, box.y + (box.height - height) / 2, width, height},
                {.surface = on, .button = Button::pill});
    return {box.x, box.y, box.width - width - std::max(s.margin, size), box.height};
}

unsigned words_for_strip(const Sheet& s) {
    return s.h < 120   ? unsigned(kHeadline)
           : s.h < 260 ? unsigned(kHeadline | kKicker | kCaption)
                       : unsigned(kHeadline | kKicker | kSubheadline | kCaption);
}

}  // namespace

void draw_strip_split(Sheet& s) {
    const double picture = std::min(s.w * 0.26, s.h * 1.5);
    s.panel({0, 0, picture, s.h});
    Box box{picture + s.margin, s.margin * 0.7, s.w - picture - 2 * s.margin, s.h - s.margin * 1.4};
    box = button_at_right(s, box, s.on_ground());
    stack(s, box, {.parts = words_for_strip(s), .surface = s.on_ground(), .largest = 0.42, .most_lines = 3});
}

void draw_strip_centred(Sheet& s) {
    s.background_art(Calm::middle);
    s.veil(s.whole(), 0.8);
    Box box = inset(s.whole(), s.margin * 1.2, s.margin * 0.7);
    box = button_at_right(s, box, s.on_veil());
    stack(s, box, {.parts = words_for_strip(s), .surface = s.on_veil(), .largest = 0.42, .most_lines = 3});
}

void draw_strip_plain(Sheet& s) {
    s.ground(s.pal.primary);
    const Surface on = s.on_primary();
    s.panel({s.w - s.h * 1.1, 0, s.h * 1.1, s.h});
    s.polygon("Edge", {s.w - s.h * 1.5, 0, s.h * 0.9, s.h}, solid(s.pal.primary),
              {{0, 0}, {1, 0}, {0.5, 1}, {0, 1}});
    Box box{s.margin, s.margin * 0.7, s.w - s.h * 1.2 - s.margin * 1.5, s.h - s.margin * 1.4};
    box = button_at_right(s, box, on);
    stack(s, box,
          {.parts = words_for_strip(s), .surface = on, .largest = 0.42, .most_lines = 3, .is_metal = false});
}

void draw_tower_picture(Sheet& s) {
    const double share = 0.36;
    s.panel(top_part(s.whole(), share));
    const Box words = inset(bottom_part(s.whole(), 1 - share), s.margin, s.margin);
    stack(s, words,
          {.parts = kAllParts & ~unsigned(kBody),
           .surface = s.on_ground(),
           .align = Align::center,
           .largest = 0.2,
           .most_lines = 7,
           .button = Button::rounded});
}

void draw_tower_plain(Sheet& s) {
    s.background_art(Calm::middle);
    s.veil(s.whole(), 0.8);
    s.frame("Frame", inset(s.whole(), s.margin * 0.5), s.pal.accent_ink, std::max(1.0, s.w * 0.008));
    stack(s, inset(s.whole(), s.margin * 1.1),
          {.parts = kAllParts & ~unsigned(kBody),
           .surface = s.on_veil(),
           .align = Align::center,
           .largest = 0.2,
           .most_lines = 7,
           .button = Button::rounded});
}

}  // namespace atelier::ai::builtin::layout
