// Ribbons of fine lines that swing through the picture, or cloth that falls in soft folds.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

void paint_cloth(Canvas& canvas, const Plan& plan, Random& random) {
    const Noise noise(plan.seed);
    const float angle = float(random.uniform(0.35, 0.95)), c = std::cos(angle), s = std::sin(angle);
    const float phase = float(random.uniform(0, 6.28));
    const bool is_dark = plan.palette.is_dark;
    const Oklab body = mix(plan.palette.base(), plan.palette.accent(0), is_dark ? 0.22F : 0.3F);
    const Oklab high = is_dark ? mix(body, shaded(plan.palette.accent(0), 0.08F), 0.75F)
                               : mix(shaded(body, 0.14F), {1, 0, 0}, 0.35F);
    const Oklab low = shaded(body, is_dark ? -0.12F : -0.17F);
    canvas.paint_smooth(2, [&](float px, float py) {
        const float x = px / canvas.unit(), y = py / canvas.unit();
        const float u = x * c + y * s, v = -x * s + y * c;
        const float sway = 0.2F * noise.fractal(u * 1.3F, v * 1.1F, 2) + 0.1F * std::sin(v * 2.6F + phase);
        const float at = (u + sway) * 19 + phase;
        // Folds of three widths; where they add up the cloth stands high and shines.
        const float bent = 2.1F * noise.at(u * 1.2F, v * 0.9F);
        const float fold = 0.46F * std::sin(at * 0.42F + bent) + 0.36F * std::sin(at + bent) +
                           0.18F * std::sin(at * 2.1F + bent * 2 + v * 3);
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float light = fold * (1 - 0.86F * quiet);
        if (light < 0) return mix(body, low, std::min(1.0F, -1.25F * light));
        const float gloss = light * light * (3 - 2 * std::min(1.0F, light));
        return mix(body, high, std::min(1.0F, 1.25F * gloss));
    });
}

struct Ribbon {
    std::array<float, 4> phase, swing;
    float level, spread, tilt;
    Oklab from, to;
};

Ribbon make_ribbon(const Plan& plan, Random& random, std::size_t i, float level) {
    Ribbon ribbon{{}, {}, level, float(random.uniform(0.1, 0.2)), float(random.uniform(-0.25, 0.25)), {}, {}};
    for (std::size_t k = 0; k < 4; ++k) {
        ribbon.phase[k] = float(random.uniform(0, 6.28));
        ribbon.swing[k] = float(random.uniform(0.6, 1.3));
    }
    ribbon.from = plan.palette.accent(i);
    ribbon.to = plan.palette.accent(i + 1);
    return ribbon;
}

float height_at(const Ribbon& ribbon, float t, float strand) {
    const float base = std::sin(ribbon.phase[0] + t * 3.1F * ribbon.swing[0]) * 0.1F +
                       std::sin(ribbon.phase[1] + t * 6.2F * ribbon.swing[1]) * 0.04F;
    // The strands cross where the width passes through nothing: the ribbon turns over.
    const float width =
        ribbon.spread * std::sin(ribbon.phase[2] + t * 3.7F * ribbon.swing[2] + strand * 0.9F);
    return ribbon.level + ribbon.tilt * (t - 0.5F) + base + (strand - 0.5F) * width;
}

void draw_ribbon(Canvas& canvas, const Plan& plan, const Ribbon& ribbon) {
    constexpr int kStrands = 64, kPoints = 72;
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    cairo_set_line_width(cairo, std::max(0.7, double(canvas.unit()) * 0.0016));
    const bool is_upright = plan.calm == Side::left || plan.calm == Side::right;
    const float along = is_upright ? canvas.h() : canvas.w(), across = is_upright ? canvas.w() : canvas.h();
    for (int i = 0; i < kStrands; ++i) {
        canvas.check_stop();
        const float strand = float(i) / (kStrands - 1);
        cairo_new_path(cairo);
        for (int k = 0; k <= kPoints; ++k) {
            const float t = float(k) / kPoints * 1.06F - 0.03F;
            const double a = double(t * along), b = double(height_at(ribbon, t, strand) * across);
            if (is_upright)
                cairo_line_to(cairo, b, a);
            else
                cairo_line_to(cairo, a, b);
        }
        const float edge = 1 - std::abs(strand * 2 - 1);
        // Light adds up on dark grounds; on pale ones ink has to be stronger.
        const double ink = plan.palette.is_dark ? 0.16 : 0.34;
        const Oklab color = mix(ribbon.from, ribbon.to, strand);
        set_color(cairo, plan.palette.is_dark ? color : shaded(color, -0.05F),
                  ink + 0.5 * double(edge * edge));
        cairo_stroke(cairo);
    }
    canvas.compose(layer, 1, plan.palette.is_dark ? Mode::screen : Mode::over);
}

}  // namespace

void paint_silk(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x73696c6b);
    if (plan.asks_for("silk|satin|drapery|fabric|velvet|folds|cloth"))
        return paint_cloth(canvas, plan, random);
    const Oklab far = plan.palette.ground_shade(plan.palette.is_dark ? 0.05F : 0.02F);
    canvas.paint_smooth(4, [&](float x, float y) {
        return mix(plan.palette.base(), far, (x / canvas.w() + y / canvas.h()) / 2);
    });
    // Levels across, on the far side from the calm one.
    std::array<float, 3> levels{0.4F, 0.55F, 0.68F};
    if (plan.calm == Side::left || plan.calm == Side::top) levels = {0.72F, 0.82F, 0.9F};
    if (plan.calm == Side::right || plan.calm == Side::bottom) levels = {0.1F, 0.18F, 0.28F};
    if (plan.calm == Side::middle) levels = {0.06F, 0.9F, 0.98F};
    for (std::size_t i = 0; i < levels.size(); ++i)
        draw_ribbon(canvas, plan, make_ribbon(plan, random, i, levels[i]));
}

}  // namespace atelier::ai::builtin::art
