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

/// The longer the strip, the fewer words stand above each other in it.
unsigned words_for_strip(const Sheet& s) {
    if (s.h < 120) return kHeadline;
    const unsigned few = kHeadline | kKicker | kCaption;
    return s.h < 260 || s.w > 4.5 * s.h ? few : few | kSubheadline;
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

void draw_strip_cutout(Sheet& s) {
    s.ground(linear(0, s.pal.surface, s.pal.ground));
    const double d = std::min(s.h * 0.92, s.w * 0.24), disc = d * 1.5;
    s.ellipse("Disc", {s.margin + d / 2 - disc / 2, s.h / 2 - disc / 2, disc, disc}, solid(s.pal.primary));
    s.cutout({s.margin, (s.h - d) / 2, d, d});
    const double from = s.margin + d / 2 + disc / 2 + s.margin * 0.8;
    Surface on = s.on_ground();
    // The ground runs from the one colour to the other.
    for (design::Color* color : {&on.ink, &on.soft_ink, &on.accent_ink})
        if (design::contrast(*color, s.pal.surface) < 4.5) *color = s.pal.ink;
    Box box{from, s.margin * 0.7, s.w - from - s.margin, s.h - s.margin * 1.4};
    box = button_at_right(s, box, on);
    stack(s, box, {.parts = words_for_strip(s), .surface = on, .largest = 0.42, .most_lines = 3});
}

void draw_strip_blocks(Sheet& s) {
    const Surface on = s.on_primary(), on_accent = s.on_accent();
    // The block is as wide as its button; where that is too much there is none.
    const double button = (s.metrics.width(s.type.strong, s.copy.cta) * 1.03 + 2.6) * s.text * 1.16;
    const bool has_action =
        !s.copy.cta.empty() && button + 1.5 * s.margin < s.w * 0.36 && s.text * 3 < s.h - s.margin;
    const double block = has_action ? std::max(button + 1.5 * s.margin, std::min(s.w * 0.25, s.h * 2.4)) : 0;
    const double picture = std::min(s.h, s.w * 0.2);
    s.rectangle("Block", {0, 0, s.w - block, s.h}, solid(s.pal.primary));
    s.panel({0, 0, picture, s.h});
    if (has_action) {
        const Box end{s.w - block, 0, block, s.h};
        s.rectangle("Block", end, solid(s.pal.accent));
        stack(s, inset(end, s.margin * 0.7, s.margin * 0.5),
              {.parts = s.h < 120 && !s.copy.cta.empty() ? unsigned(kCta) : unsigned(kBadge | kCta),
               .surface = on_accent,
               .align = Align::center,
               .text_scale = 1.1,
               .button = Button::rounded});
    }
    const Box words{picture + s.margin, s.margin * 0.7, s.w - block - picture - 1.8 * s.margin,
                    s.h - 1.4 * s.margin};
    stack(s, words,
          {.parts = words_for_strip(s), .surface = on, .largest = 0.42, .most_lines = 3, .is_metal = false});
}

void draw_tower_below(Sheet& s) {
    s.panel(bottom_part(s.whole(), 0.34));
    s.rule({0, s.h * 0.66, s.w, std::max(2.0, s.w * 0.02)}, s.pal.accent);
    const Box words = inset(top_part(s.whole(), 0.66), s.margin, s.margin);
    stack(s, words,
          {.parts = kAllParts & ~unsigned(kBody),
           .surface = s.on_ground(),
           .vertical = VerticalAlign::middle,
           .largest = 0.24,
           .most_lines = 7,
           .button = Button::square});
}

void draw_tower_blocks(Sheet& s) {
    const Surface on = s.on_primary(), on_accent = s.on_accent();
    const bool has_end = !s.copy.cta.empty() || !s.copy.badge.empty() || !s.copy.caption.empty();
    const double picture = 0.26, end = has_end ? 0.2 : 0;
    s.rectangle("Block", {0, 0, s.w, s.h}, solid(s.pal.primary));
    s.panel(top_part(s.whole(), picture));
    if (has_end) {
        s.rectangle("Block", bottom_part(s.whole(), end), solid(s.pal.accent));
        stack(s, inset(bottom_part(s.whole(), end), s.margin * 0.8, s.margin * 0.5),
              {.parts = kBadge | kCta | kCaption,
               .surface = on_accent,
               .align = Align::center,
               .button = Button::rounded});
    }
    const Box words{s.margin, s.h * picture + s.margin, s.w - 2 * s.margin,
                    s.h * (1 - picture - end) - 2 * s.margin};
    stack(s, words,
          {.parts = kBrand | kKicker | kHeadline | kSubheadline,
           .surface = on,
           .largest = 0.24,
           .most_lines = 7,
           .is_metal = false});
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
