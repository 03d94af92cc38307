// Liquid folds: noise read at places that noise has moved (after Inigo Quilez, "Domain warping", 2002), lit
// from the upper left.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr int kStep = 2;
constexpr float kGroundBias = 1.9F;

struct Folds {
    const Noise& noise;
    float scale, strength;

    float height(float x, float y) const {
        const float u = x * scale, v = y * scale;
        const float qx = noise.fractal(u, v, 2), qy = noise.fractal(u + 5.2F, v + 1.3F, 2);
        const float rx = noise.at(u + strength * qx + 1.7F, v + strength * qy + 9.2F);
        const float ry = noise.at(u + strength * qx + 8.3F, v + strength * qy + 2.8F);
        return noise.fractal(u + strength * 0.7F * rx, v + strength * 0.7F * ry, 2);
    }
};

}  // namespace

void paint_flow(Canvas& canvas, const Plan& plan) {
    const Noise noise(plan.seed ^ 0x666c6f77);
    Random random(plan.seed, 0x666c6f77);
    const bool has_lines = plan.asks_for("contour|contours|topographic|isolines");
    const Folds folds{noise, float(random.uniform(0.62, 0.88)), float(random.uniform(1.5, 2.1))};
    const float per_unit = 1 / canvas.unit();
    const float reach = 2.5F * per_unit;
    canvas.paint_smooth(has_lines ? 1 : kStep, [&](float px, float py) {
        const float x = px * per_unit, y = py * per_unit;
        const float height = folds.height(x, y);
        const float slope = (folds.height(x + reach, y + reach) - height) / reach;
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        // More of the ground's end of the ramp than of the other.
        const float even = std::clamp(0.5F + 0.62F * height, 0.0F, 1.0F);
        const float tone =
            plan.palette.is_dark ? std::pow(even, kGroundBias) : 1 - std::pow(1 - even, kGroundBias);
        Oklab color = mix(plan.palette.base(), plan.palette.ramp(tone), 1 - 0.88F * quiet);
        color = shaded(color, std::clamp(-0.022F * slope, -0.09F, 0.11F) * (1 - 0.85F * quiet));
        if (has_lines) {
            const float steps = height * 9, away = std::abs(steps - std::round(steps));
            const float width = 0.022F * (1 + 0.5F * std::abs(slope));
            const float line = std::clamp(1.5F - away / width, 0.0F, 1.0F);
            color = mix(color, plan.palette.accent(0), line * 0.7F * (1 - 0.8F * quiet));
        }
        return color;
    });
}

}  // namespace atelier::ai::builtin::art
