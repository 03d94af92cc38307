// Schemes that show the picture through a window: a circle, an arch.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_circle_window(Sheet& s) {
    const double side = std::min(s.w, s.h);
    if (s.is_wide()) {
        const double d = std::min(s.h * 1.16, s.w * 0.56);
        const Box window{s.w - d * 0.86, (s.h - d) / 2, d, d};
        s.ring("Ring", inset(window, -side * 0.03), s.pal.accent, side * 0.005);
        s.panel(window, {d / 2, d / 2, d / 2, d / 2});
        stack(s, {s.margin, s.margin, s.w - d * 0.86 - side * 0.05 - s.margin * 1.4, s.h - 2 * s.margin},
              {.surface = s.on_ground(), .largest = 0.15});
        const double size = side * 0.24;
        s.badge({window.x + d * 0.16, window.y + d * 0.86 - size * 0.4}, size, s.on_ground(), 350);
        return;
    }
    const double d = s.w * (s.is_tall() ? 0.7 : s.h > s.w * 1.1 ? 0.52 : 0.4);
    const double top = s.is_tall() ? s.h * 0.075 : s.h * 0.055;
    const Box window{(s.w - d) / 2, top, d, d};
    s.ring("Ring", inset(window, -side * 0.022), s.pal.accent, side * 0.004);
    s.panel(window, {d / 2, d / 2, d / 2, d / 2});
    const double from = window.bottom() + side * 0.055;
    const Box words =
        stack(s, {s.margin, from, s.w - 2 * s.margin, s.h - from - s.margin * 0.9},
              {.surface = s.on_ground(), .align = Align::center, .largest = 0.14, .most_lines = 3});
    const double size = side * 0.2;
    const Box badge{window.right() - size * 0.6, window.y, size, size};
    s.badge(badge.middle(), size, s.on_ground(), 10);
    edge_ornaments(s, {inset(window, -side * 0.03), words, badge}, s.on_ground());
}

void draw_arch_window(Sheet& s) {
    const double side = std::min(s.w, s.h);
    if (s.is_wide()) {
        const double width = s.w * 0.34;
        const Box window{s.w - width - s.margin * 1.2, s.margin, width, s.h - s.margin};
        s.panel(window, {width / 2, width / 2, 0, 0});
        s.frame("Arch line",
                {window.x - side * 0.025, window.y - side * 0.025, window.width + side * 0.05,
                 window.height + side * 0.05 + s.h * 0.02},
                s.pal.accent_ink, side * 0.0025, width / 2);
        stack(s, {s.margin, s.margin, window.x - 2.2 * s.margin, s.h - 2 * s.margin},
              {.surface = s.on_ground(), .largest = 0.15, .has_rule = true});
        return;
    }
    const double width = s.w * (s.is_tall() ? 0.62 : 0.42), height = s.h * (s.is_tall() ? 0.43 : 0.38);
    const Box window{(s.w - width) / 2, s.margin * 0.9, width, height};
    s.panel(window, {width / 2, width / 2, 0, 0});
    const double from = window.bottom() + side * 0.04;
    stack(s, {s.margin, from, s.w - 2 * s.margin, s.h - from - s.margin * 0.9},
          {.surface = s.on_ground(), .align = Align::center, .largest = 0.13, .most_lines = 3});
}

}  // namespace atelier::ai::builtin::layout
