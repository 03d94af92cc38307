// Stone: veins are the ridges of bent noise, some of them filled with metal. Ink: pools with dark rims.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Bent {
    float u, v;
};

Bent bend(const Noise& noise, float x, float y, float strength) {
    return {x + strength * noise.fractal(x * 1.1F + 3, y * 1.1F, 3),
            y + strength * noise.fractal(x * 1.1F, y * 1.1F + 8, 3)};
}

/// 1 on the ridge, falling to 0 over `width`.
float vein(float value, float width) {
    return std::clamp(1 - std::abs(value) / width, 0.0F, 1.0F);
}

void paint_ink(Canvas& canvas, const Plan& plan, const Noise& noise) {
    const float per_unit = 1 / canvas.unit();
    canvas.paint_smooth(2, [&](float px, float py) {
        const float x = px * per_unit * 1.5F, y = py * per_unit * 1.5F;
        const Bent at = bend(noise, x, y, 0.55F);
        const float wash = noise.fractal(at.u, at.v, 3);
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float wet = std::clamp(0.5F + 0.85F * wash, 0.0F, 1.0F) * (1 - 0.9F * quiet);
        const float which = std::clamp(0.5F + 0.9F * noise.at(x * 0.8F + 31, y * 0.8F), 0.0F, 1.0F);
        Oklab color = mix(plan.palette.base(), mix(plan.palette.accent(0), plan.palette.accent(1), which),
                          wet * wet * 0.92F);
        // Pigment gathers where a pool dried.
        const float rim = vein(wash - 0.08F, 0.05F) + 0.6F * vein(wash + 0.3F, 0.04F);
        return shaded(color, -0.055F * rim * (1 - quiet));
    });
}

void paint_stone(Canvas& canvas, const Plan& plan, const Noise& noise) {
    const Noise fine(plan.seed ^ 0x5f);
    const float per_unit = 1 / canvas.unit();
    const Oklab cloud = plan.palette.raised(plan.palette.is_dark ? 0.1F : 0.09F);
    const Oklab line = plan.palette.raised(plan.palette.is_dark ? 0.24F : 0.2F);
    const Oklab metal = plan.palette.accent(0);
    canvas.paint([&](float px, float py) {
        const float x = px * per_unit, y = py * per_unit;
        const Bent at = bend(noise, x * 1.3F + y * 0.7F, y * 1.3F - x * 0.4F, 0.75F);
        const float body = noise.fractal(at.u, at.v, 4);
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float loud = 1 - 0.88F * quiet;
        Oklab color = mix(plan.palette.base(), cloud, std::clamp(0.45F + 0.75F * body, 0.0F, 1.0F) * loud);
        const float thin = noise.fractal(at.u * 1.4F + 11, at.v * 1.4F, 4);
        const float strength = std::clamp(0.3F + fine.at(x * 2.2F, y * 2.2F), 0.0F, 1.0F);
        color = mix(color, line, 0.8F * vein(thin, 0.045F) * strength * loud);
        // Metal runs along few, longer veins and glitters unevenly.
        const float run = noise.fractal(at.u * 0.62F + 40, at.v * 0.62F + 17, 3);
        const float width = 0.006F + 0.02F * std::clamp(0.35F + fine.at(x * 1.6F + 5, y * 1.6F), 0.0F, 1.0F);
        const float gilt = std::clamp(vein(run, width) * 2.2F, 0.0F, 1.0F);
        const float glitter = 0.12F * fine.fractal(x * 46, y * 46, 2);
        color = mix(color, shaded(metal, glitter + 0.05F * body), gilt * loud);
        // Beside the metal lies its warm breath.
        return mix(color, metal, 0.16F * vein(run, width * 6) * loud);
    });
}

}  // namespace

void paint_marble(Canvas& canvas, const Plan& plan) {
    const Noise noise(plan.seed ^ 0x6d6172);
    if (plan.asks_for("ink|alcohol ink|watercolor|watercolour"))
        paint_ink(canvas, plan, noise);
    else
        paint_stone(canvas, plan, noise);
}

}  // namespace atelier::ai::builtin::art
