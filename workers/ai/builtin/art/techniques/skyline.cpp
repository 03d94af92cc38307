// A city at dusk: rows of towers, paler with distance, their windows lit, above them a glowing sky.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr int kRows = 4;

/// What a tower ends in.
void draw_roof(cairo_t* cairo, Random& random, double x, double top, double width) {
    switch (random.below(6)) {
        case 0:  // spire
            cairo_move_to(cairo, x + width * 0.46, top);
            cairo_line_to(cairo, x + width * 0.5, top - width * random.uniform(0.7, 1.5));
            cairo_line_to(cairo, x + width * 0.54, top);
            break;
        case 1:  // set back
            cairo_rectangle(cairo, x + width * 0.18, top - width * 0.35, width * 0.64, width * 0.36);
            cairo_rectangle(cairo, x + width * 0.34, top - width * 0.6, width * 0.32, width * 0.26);
            break;
        case 2:  // slope
            cairo_move_to(cairo, x, top);
            cairo_line_to(cairo, x + width, top);
            cairo_line_to(cairo, x + width, top - width * 0.45);
            break;
        case 3:  // dome
            cairo_new_sub_path(cairo);
            cairo_arc(cairo, x + width / 2, top, width * 0.34, 3.14159265, 6.28318531);
            break;
        default:
            return;
    }
    cairo_fill(cairo);
}

void light_windows(cairo_t* cairo, Random& random, double x, double top, double width, double foot,
                   Oklab light, double share) {
    const double cell = width / (4 + double(random.below(4)));
    for (double y = top + cell * 0.8; y < foot; y += cell * 1.25)
        for (double at = x + cell * 0.5; at < x + width - cell * 0.8; at += cell)
            if (random.chance(share)) {
                set_color(cairo, light, random.uniform(0.35, 1));
                cairo_rectangle(cairo, at, y, cell * 0.5, cell * 0.62);
                cairo_fill(cairo);
            }
}

void draw_row(Canvas& canvas, const Plan& plan, Random& random, int row, Oklab color, Oklab light) {
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    const double t = double(row) / (kRows - 1), unit = double(canvas.unit());
    const double foot = double(canvas.h()) * (plan.calm == Side::bottom ? 0.6 : 1.01);
    double x = -unit * 0.05 * random.uniform();
    while (x < double(canvas.w())) {
        canvas.check_stop();
        const double width = unit * random.uniform(0.045, 0.105) * (0.8 + 0.5 * t);
        const float quiet = plan.calm == Side::top || plan.calm == Side::bottom
                                ? 0.3F
                                : plan.calmness(float(x + width / 2) / canvas.w(), 0.5F);
        const double height =
            unit * (0.46 - 0.22 * t) * std::pow(random.uniform(0.3, 1), 1.4) * (1 - 0.62 * double(quiet)) +
            unit * 0.06;
        const double top = foot - height;
        set_color(cairo, color);
        cairo_rectangle(cairo, x, top, width + 1, height + double(canvas.h()));
        cairo_fill(cairo);
        draw_roof(cairo, random, x, top, width);
        const double lit = row == 0 ? 0 : (plan.palette.is_dark ? 0.34 : 0.2) * (1 - 0.85 * double(quiet));
        if (lit > 0)
            light_windows(cairo, random, x, top, width, std::min(foot, double(canvas.h())), light, lit);
        x += width + (random.chance(0.25) ? unit * random.uniform(0.005, 0.03) : 0);
    }
    canvas.compose(layer);
}

}  // namespace

void paint_skyline(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x63697479);
    const Palette& p = plan.palette;
    const Noise noise(plan.seed);
    const Oklab top = p.is_dark ? shaded(p.base(), -0.03F) : mix(p.base(), p.accent(1), 0.3F);
    const Oklab low =
        p.is_dark ? mix(shaded(p.base(), 0.14F), p.accent(0), 0.55F) : mix(p.base(), p.accent(0), 0.32F);
    canvas.paint_smooth(3, [&](float px, float py) {
        const float y = py / canvas.h();
        const float cloud = 0.06F * noise.fractal(px / canvas.unit() * 1.3F, py / canvas.unit() * 5, 3);
        return mix(top, low,
                   std::clamp(std::pow(y, 1.5F) * 1.15F + cloud * (1 - plan.calmness(px / canvas.w(), y)),
                              0.0F, 1.0F));
    });
    const float moon_x = plan.calm == Side::left ? 0.78F : 0.24F, moon_y = 0.2F,
                radius = canvas.unit() * 0.05F;
    const Oklab moon = mix(p.accent(0), {0.97F, 0, 0.02F}, 0.7F);
    canvas.shine(moon, [&](float x, float y) {
        const float d = std::hypot(x - moon_x * canvas.w(), y - moon_y * canvas.h()) / radius;
        return (d > 8 ? 0 : 0.22F * std::exp(-0.5F * d)) +
               0.85F * std::clamp((1 - d) * radius + 0.5F, 0.0F, 1.0F);
    });
    const Oklab near = p.is_dark ? shaded(p.base(), -0.09F) : deepened(p.accent(0), 0.3F);
    const Oklab light = p.is_dark ? shaded(p.accent(0), 0.12F) : mix(p.accent(2), {0.97F, 0, 0.04F}, 0.6F);
    for (int row = 0; row < kRows; ++row) {
        const float t = float(row) / (kRows - 1);
        draw_row(canvas, plan, random, row, mix(mix(low, near, 0.32F), near, t), light);
    }
}

}  // namespace atelier::ai::builtin::art
