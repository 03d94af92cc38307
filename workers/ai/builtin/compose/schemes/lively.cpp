// Schemes that call out: thumbnails, bursts, waves, stickers.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/readable.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_thumbnail(Sheet& s) {
    const Surface on = s.on_ground();
    const bool is_wide = s.is_wide();
    s.background_art(is_wide ? Calm::left : Calm::top);
    s.fading_veil(s.whole(), is_wide ? 0 : 90, 0.5, 0.82);
    const double d = is_wide ? std::min(s.h * 0.86, s.w * 0.46) : std::min(s.w * 0.8, s.h * 0.46);
    const Box subject = is_wide ? Box{s.w - d - s.margin * 0.6, (s.h - d) / 2, d, d}
                                : Box{(s.w - d) / 2, s.h - d - s.margin * 0.6, d, d};
    s.ellipse("Glow", inset(subject, d * 0.02), solid(s.pal.accent));
    s.cutout(inset(subject, -d * 0.02));
    const Box words =
        is_wide ? Box{s.margin * 0.8, s.margin * 0.8, s.w - d - s.margin * 2, s.h - s.margin * 1.6}
                : Box{s.margin * 0.8, s.margin * 0.8, s.w - s.margin * 1.6, s.h - d - s.margin * 1.8};
    stack(s, words,
          {.parts = kKicker | kHeadline | kSubheadline | kCta,
           .surface = on,
           .largest = 0.3,
           .most_lines = 5,
           .button = Button::rounded,
           .is_metal = false});
    const double size = std::min(s.w, s.h) * 0.26;
    s.badge(is_wide ? design::Point{subject.x + size * 0.32, s.h - size * 0.62}
                    : design::Point{s.w - size * 0.6, subject.y + size * 0.4},
            size, s.on(s.pal.accent), 350);
}

void draw_sunburst(Sheet& s) {
    const bool is_primary = !s.pal.is_dark() && s.dice.chance(0.5);
    const Surface on = is_primary ? s.on_primary() : s.on_ground();
    s.ground(on.ground);
    const bool has_thing = s.has_subject() && !s.is_wide();
    const design::Point middle{s.w / 2, has_thing ? s.h * 0.72 : s.h / 2};
    const design::Color ray = design::luminance(on.ground) > 0.35
                                  ? design::mix(on.ground, {255, 255, 255, 255}, 0.35)
                                  : design::mix(on.ground, s.pal.accent, 0.16);
    sunburst(s, middle, std::hypot(s.w, s.h) * 0.75, 18, ray, 1);
    if (has_thing)
        s.cutout({s.w * 0.2, s.h * 0.54, s.w * 0.6, s.h * 0.46 - s.margin * 0.7});
    else if (s.has_subject())
        s.cutout({s.w * 0.64, s.h * 0.12, s.w * 0.36 - s.margin * 0.6, s.h * 0.76});
    const Box words = has_thing         ? Box{s.margin, s.margin, s.w - 2 * s.margin, s.h * 0.52 - s.margin}
                      : s.has_subject() ? Box{s.margin, s.margin, s.w * 0.6 - s.margin, s.h - 2 * s.margin}
                                        : inset(s.whole(), s.margin * 1.4);
    // Letters read on rays and gaps alike.
    Surface both = on;
    both.ground = ray;
    for (design::Color* color : {&both.ink, &both.soft_ink, &both.accent_ink})
        if (design::contrast(*color, ray) < 4.5 || design::contrast(*color, on.ground) < 4.5) *color = on.ink;
    stack(s, words,
          {.surface = both,
           .align = s.has_subject() && !has_thing ? Align::left : Align::center,
           .largest = 0.18,
           .most_lines = 4});
    const double size = std::min(s.w, s.h) * 0.22;
    s.badge(has_thing ? design::Point{s.w * 0.84, s.h * 0.62}
                      : design::Point{s.w - size * 0.62, s.h - size * 0.62},
            size, on, 10);
}

void draw_corner_sticker(Sheet& s) {
    const bool is_wide = s.is_wide();
    s.panel(s.whole(), {}, is_wide ? Calm::left : Calm::bottom);
    const Surface on = s.on_ground();
    const double side = std::min(s.w, s.h);
    const Box plate =
        is_wide ? Box{s.margin * 0.8, s.h * 0.16, s.w * 0.5, s.h * 0.84 - s.margin * 0.8}
                : Box{s.margin * 0.8, s.h * 0.54, s.w - 1.6 * s.margin, s.h * 0.46 - s.margin * 0.8};
    s.rectangle("Plate", plate, solid(s.pal.ground), side * 0.025).shadow =
        design::Shadow{{0, 0, 0, 60}, 0, side * 0.01, side * 0.045};
    stack(s, inset(plate, s.margin * 0.75),
          {.surface = on, .largest = 0.13, .most_lines = 3, .button = Button::rounded});
    const double size = side * 0.27;
    s.badge({s.w - size * 0.58, is_wide ? size * 0.6 : size * 0.58}, size, on, 12);
}

void draw_color_blocks(Sheet& s) {
    const Surface on_primary = s.on_primary(), on_accent = s.on_accent();
    const bool is_wide = s.is_wide();
    const Box top = is_wide ? left_part(s.whole(), 0.62) : top_part(s.whole(), 0.58);
    s.rectangle("Block", top, solid(s.pal.primary));
    if (is_wide) {
        const Box side{s.w * 0.62, 0, s.w * 0.38, s.h};
        s.panel(top_part(side, 0.62));
        const Box low = bottom_part(side, 0.38);
        s.rectangle("Block", low, solid(s.pal.accent));
        stack(s, inset(top, s.margin),
              {.parts = kKicker | kHeadline | kSubheadline | kBody,
               .surface = on_primary,
               .largest = 0.19,
               .most_lines = 4,
               .is_metal = false});
        stack(s, inset(low, s.margin * 0.6),
              {.parts = kCta | kCaption | kBrand,
               .surface = on_accent,
               .align = Align::center,
               .text_scale = 1.25,
               .button = Button::square});
        return;
    }
    const Box low = bottom_part(s.whole(), 0.42);
    s.panel(left_part(low, 0.5));
    const Box corner = right_part(low, 0.5);
    s.rectangle("Block", corner, solid(s.pal.accent));
    stack(s, inset(top, s.margin),
          {.parts = kKicker | kHeadline | kSubheadline,
           .surface = on_primary,
           .vertical = VerticalAlign::bottom,
           .largest = 0.2,
           .most_lines = 4,
           .is_metal = false});
    stack(s, inset(corner, s.margin * 0.6),
          {.parts = kCta | kCaption | kBrand | kBody,
           .surface = on_accent,
           .align = Align::center,
           .text_scale = 1.2,
           .button = Button::square});
}

void draw_wave(Sheet& s) {
    const Surface on = s.on_ground();
    const double phase = s.dice.unit();
    const double from = s.is_tall() ? 0.48 : 0.42;
    s.panel(top_part(s.whole(), from + 0.06));
    wave(s, {0, s.h * (from - 0.09), s.w, s.h * (1.09 - from)}, s.pal.accent, 0.2, phase);
    wave(s, {0, s.h * (from - 0.055), s.w, s.h * (1.055 - from)}, s.pal.ground, 0.2, phase + 0.08);
    const double top = s.h * (from + 0.075);
    stack(s, {s.margin, top, s.w - 2 * s.margin, s.h - top - s.margin * 0.8},
          {.surface = on, .align = Align::center, .largest = 0.15, .most_lines = 3});
    const double size = std::min(s.w, s.h) * 0.21;
    s.badge({s.w - size * 0.66, size * 0.66}, size, on, 8);
}

void draw_ribbon(Sheet& s) {
    const Surface on_ground = s.on_ground(), on = s.on_accent();
    s.background_art(Calm::middle);
    s.veil(s.whole(), 0.72);
    const double side = std::min(s.w, s.h);
    const double height = s.is_tall() ? s.h * 0.2 : s.h * 0.27, y = s.h * (s.is_wide() ? 0.3 : 0.34);
    const Box ribbon{s.margin * 0.9, y, s.w - 1.8 * s.margin, height};
    const design::Color fold = with(s.pal.accent, std::max(0.12, to_oklch(s.pal.accent).l - 0.16), 0.4);
    const double tail = std::min(s.margin * 1.8, ribbon.width * 0.12), drop = height * 0.16;
    s.polygon("Ribbon end", {ribbon.x - s.margin * 0.9, y + drop, tail + s.margin * 0.9, height}, solid(fold),
              {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0.3, 0.5}});
    s.polygon("Ribbon end", {ribbon.right() - tail, y + drop, tail + s.margin * 0.9, height}, solid(fold),
              {{0, 0}, {1, 0}, {0.7, 0.5}, {1, 1}, {0, 1}});
    s.rectangle("Ribbon", {ribbon.x + tail * 0.4, y, ribbon.width - tail * 0.8, height}, solid(s.pal.accent));
    stack(s, inset(ribbon, tail * 0.4 + s.margin * 0.5, height * 0.08),
          {.parts = kHeadline,
           .surface = on,
           .align = Align::center,
           .largest = 0.17,
           .most_lines = 2,
           .is_metal = false});
    stack(s, {s.margin, s.margin, s.w - 2 * s.margin, y - s.margin - s.text},
          {.parts = kKicker | kBrand,
           .surface = on_ground,
           .align = Align::center,
           .vertical = VerticalAlign::bottom,
           .text_scale = 1.15});
    const double from = y + height + drop + side * 0.05;
    stack(s, {s.margin, from, s.w - 2 * s.margin, s.h - from - s.margin},
          {.parts = kSubheadline | kBody | kCta | kCaption,
           .surface = on_ground,
           .align = Align::center,
           .vertical = VerticalAlign::top,
           .text_scale = 1.1});
}

}  // namespace atelier::ai::builtin::layout
