// Schemes whose picture fills the canvas; a veil keeps the words readable whatever it shows.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_full_bleed(Sheet& s) {
    const bool is_tall = s.is_tall();
    s.background_art(is_tall ? Calm::top : Calm::left);
    if (is_tall) {
        s.fading_veil(s.whole(), 90, 0.52, 0.86);
        if (s.has_subject()) s.cutout({s.w * 0.14, s.h * 0.6, s.w * 0.72, s.h * 0.34}, {0.5, 1});
        stack(s, {s.margin, s.margin * 1.2, s.w - 2 * s.margin, s.h * 0.52 - s.margin * 1.2},
              {.surface = s.on_veil(),
               .align = Align::center,
               .vertical = VerticalAlign::middle,
               .largest = 0.16});
    } else {
        s.fading_veil(s.whole(), 0, 0.56, 0.88);
        if (s.has_subject()) s.cutout({s.w * 0.58, s.h * 0.14, s.w * 0.42 - s.margin * 0.8, s.h * 0.72});
        stack(s, {s.margin, s.margin, s.w * 0.53 - s.margin, s.h - 2 * s.margin},
              {.surface = s.on_veil(), .largest = 0.16});
    }
    const double size = std::min(s.w, s.h) * 0.22;
    s.badge({s.w - size * 0.5 - s.margin * 0.6, (is_tall ? s.h * 0.6 : size * 0.5 + s.margin * 0.6)}, size,
            s.on_ground(), 350);
}

void draw_full_bleed_bottom(Sheet& s) {
    s.background_art(Calm::bottom);
    s.fading_veil({0, s.h * 0.3, s.w, s.h * 0.7}, 270, 0.72, 0.94);
    if (s.has_subject()) s.cutout({s.w * 0.14, s.h * 0.05, s.w * 0.72, s.h * 0.44});
    stack(s, {s.margin, s.h * 0.5, s.w - 2 * s.margin, s.h * 0.5 - s.margin},
          {.surface = s.on_veil(),
           .align = Align::left,
           .vertical = VerticalAlign::bottom,
           .largest = 0.15,
           .most_lines = 3});
    const double size = std::min(s.w, s.h) * 0.22;
    s.badge({s.w - size * 0.5 - s.margin * 0.6, size * 0.5 + s.margin * 0.6}, size, s.on_ground(), 10);
}

void draw_band(Sheet& s) {
    s.background_art(Calm::middle);
    const double height = s.is_tall() ? 0.46 : 0.56;
    const Box band{0, s.h * (1 - height) / 2, s.w, s.h * height};
    const bool is_accent = s.dice.chance(0.4) && !s.pal.is_dark();
    const Surface on = is_accent ? s.on_primary() : s.on_ground();
    s.rectangle("Band", band, solid(on.ground));
    const double line = std::max(1.0, s.unit * 0.004), gap = line * 4;
    s.rule({0, band.y - gap - line, s.w, line}, s.pal.accent);
    s.rule({0, band.bottom() + gap, s.w, line}, s.pal.accent);
    stack(s, inset(band, s.margin, s.margin * 0.55),
          {.surface = on, .align = Align::center, .largest = 0.15, .most_lines = 3});
    const double size = std::min(s.w, s.h) * 0.2;
    if (band.y > size * 1.15) s.badge({s.w * 0.5, band.y - size * 0.62}, size, s.on_ground(), 0);
}

}  // namespace atelier::ai::builtin::layout
