// Printed dots on two turned screens, large where the tone is strong.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Screen {
    double angle, cell;
    Oklab color;
    float towards_x, towards_y;  // where the tone is strongest, fractions
    float reach;
};

void draw_screen(Canvas& canvas, const Plan& plan, const Noise& noise, const Screen& screen) {
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    const double c = std::cos(screen.angle), s = std::sin(screen.angle);
    const double extent = std::hypot(canvas.w(), canvas.h()) / 2 + screen.cell;
    const float aspect = canvas.w() / canvas.h();
    set_color(cairo, screen.color);
    for (double v = -extent; v < extent; v += screen.cell) {
        canvas.check_stop();
        for (double u = -extent; u < extent; u += screen.cell) {
            const double x = canvas.w() / 2 + u * c - v * s, y = canvas.h() / 2 + u * s + v * c;
            const float nx = float(x) / canvas.w(), ny = float(y) / canvas.h();
            if (nx < -0.05F || nx > 1.05F || ny < -0.05F || ny > 1.05F) continue;
            const float dx = (nx - screen.towards_x) * std::max(1.0F, aspect);
            const float dy = (ny - screen.towards_y) * std::max(1.0F, 1 / aspect);
            const float wave = 0.16F * noise.fractal(nx * 2.4F * aspect, ny * 2.4F, 2);
            const float tone = std::clamp(1.08F - std::hypot(dx, dy) / screen.reach + wave, 0.0F, 1.0F) *
                               (1 - std::min(1.0F, 1.15F * plan.calmness(nx, ny)));
            const double radius = screen.cell * 0.68 * std::sqrt(double(tone));
            if (radius < screen.cell * 0.07) continue;
            cairo_new_sub_path(cairo);
            cairo_arc(cairo, x, y, radius, 0, 6.283185307);
        }
    }
    cairo_fill(cairo);
    canvas.compose(layer);
}

}  // namespace

void paint_halftone(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x68616c66);
    const Noise noise(plan.seed);
    const Oklab glow = mix(plan.palette.base(), plan.palette.accent(1), plan.palette.is_dark ? 0.28F : 0.22F);
    const bool is_left = plan.calm == Side::right || (plan.calm != Side::left && random.chance(0.5));
    const bool is_high = plan.calm == Side::bottom || (plan.calm != Side::top && random.chance(0.3));
    const float x0 = is_left ? 0.02F : 0.98F, y0 = is_high ? 0.03F : 0.97F;
    canvas.paint_smooth(4, [&](float px, float py) {
        const float x = px / canvas.w(), y = py / canvas.h();
        return mix(plan.palette.base(), glow,
                   std::exp(-1.6F * std::hypot(x - x0, y - y0)) * (1 - plan.calmness(x, y)));
    });
    const double cell = double(canvas.unit()) / 42;
    draw_screen(
        canvas, plan, noise,
        {0.785, cell * 1.5, mix(plan.palette.base(), plan.palette.accent(1), 0.55F), 1 - x0, 1 - y0, 0.62F});
    draw_screen(canvas, plan, noise, {0.38, cell, plan.palette.accent(0), x0, y0, 1.02F});
}

}  // namespace atelier::ai::builtin::art
