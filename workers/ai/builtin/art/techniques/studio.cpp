// A photographer's sweep of paper: wall and floor of one colour, light that falls off, no hard horizon.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"
#include "workers/ai/builtin/art/stage.hpp"

namespace atelier::ai::builtin::art {

void paint_studio(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x73747564);
    const Stage stage = stage_of(canvas, plan);
    const float x0 = stage.x / canvas.w() + float(random.uniform(-0.04, 0.04)), y0 = 0.36F;
    const bool is_dark = plan.palette.is_dark;
    const Oklab wall = plan.palette.base();
    const Oklab lit = is_dark ? mix(shaded(wall, 0.13F), plan.palette.accent(0), 0.16F)
                              : mix(shaded(wall, 0.05F), {1, 0, 0}, 0.35F);
    const Oklab edge =
        is_dark ? shaded(wall, -0.06F) : mix(shaded(wall, -0.04F), plan.palette.accent(0), 0.26F);
    const float horizon = stage.floor / canvas.h() - 0.10F;
    const float aspect = canvas.w() / canvas.h();
    canvas.paint_smooth(2, [&](float px, float py) {
        const float x = px / canvas.w(), y = py / canvas.h();
        const float dx = (x - x0) * std::max(1.0F, aspect * 0.8F), dy = y - y0;
        const float pool = std::exp(-3.4F * (dx * dx + dy * dy * 1.3F));
        Oklab color = mix(edge, lit, pool);
        // The floor catches light from above, and the sweep between is a shade darker.
        const float floor = std::clamp((y - horizon) / 0.22F, 0.0F, 1.0F);
        const float sweep = std::exp(-(y - horizon) * (y - horizon) / 0.006F);
        const float floor_light = std::exp(-5 * dx * dx) * floor * floor * (3 - 2 * floor);
        color = shaded(color, (is_dark ? -0.022F : -0.018F) * sweep);
        return shaded(color, (is_dark ? 0.05F : 0.025F) * floor_light);
    });
}

}  // namespace atelier::ai::builtin::art
