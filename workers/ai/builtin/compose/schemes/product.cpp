// Schemes around a thing that is cut out of its picture.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_product_podium(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.background_art(Calm::top);
    s.fading_veil(s.whole(), 90, 0.5, 0.9);
    const double floor = s.h * 0.9;
    s.ellipse("Podium side", {s.w * 0.17, floor - side * 0.055, s.w * 0.66, side * 0.13},
              solid(design::mix(s.pal.primary, {0, 0, 0, 255}, 0.3)));
    s.ellipse("Podium", {s.w * 0.17, floor - side * 0.085, s.w * 0.66, side * 0.13}, solid(s.pal.primary));
    s.cutout({s.w * 0.22, s.h * 0.5, s.w * 0.56, floor - side * 0.01 - s.h * 0.5}, {0.5, 1});
    stack(s, {s.margin, s.margin, s.w - 2 * s.margin, s.h * 0.48 - s.margin},
          {.surface = s.on_veil(),
           .align = Align::center,
           .vertical = VerticalAlign::middle,
           .largest = 0.14,
           .most_lines = 3});
    const double size = side * 0.2;
    s.badge({s.w - size * 0.5 - s.margin * 0.6, s.h * 0.56}, size, s.on_ground(), 10);
}

void draw_product_side(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.ground(linear(20, s.pal.ground, s.pal.surface));
    const double disc = std::min(s.w * 0.46, s.h * 0.86);
    const design::Point middle{s.w * 0.74, s.h * 0.5};
    s.ellipse("Disc", {middle.x - disc / 2, middle.y - disc / 2, disc, disc}, solid(s.pal.primary));
    s.ring("Ring", {middle.x - disc * 0.54, middle.y - disc * 0.54, disc * 1.08, disc * 1.08}, s.pal.accent,
           side * 0.004);
    s.cutout({middle.x - disc * 0.46, middle.y - disc * 0.46, disc * 0.92, disc * 0.92});
    const Box words = stack(s, {s.margin, s.margin, s.w * 0.47 - s.margin, s.h - 2 * s.margin},
                            {.surface = s.on_ground(), .largest = 0.16});
    const double size = side * 0.24;
    const Box badge{s.w - size - s.margin * 0.5, s.margin * 0.5, size, size};
    s.badge(badge.middle(), size, s.on_ground(), 352);
    edge_ornaments(s,
                   {{middle.x - disc * 0.56, middle.y - disc * 0.56, disc * 1.12, disc * 1.12},
                    inset(words, -side * 0.03),
                    badge},
                   s.on_ground());
}

}  // namespace atelier::ai::builtin::layout
