// A sunburst in flat wedges, or beams of light that fade with distance.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr float kTurn = 6.2831853F;

struct Source {
    float x, y;  // fractions
};

/// Away from where it must stay calm.
Source source_of(const Plan& plan, Random& random) {
    switch (plan.calm) {
        case Side::left:
            return {0.72F, float(random.uniform(0.42, 0.56))};
        case Side::right:
            return {0.28F, float(random.uniform(0.42, 0.56))};
        case Side::top:
            return {0.5F, 0.72F};
        case Side::bottom:
            return {0.5F, 0.28F};
        default:
            return {0.5F, plan.palette.is_dark ? 0.42F : 0.52F};
    }
}

void paint_wedges(Canvas& canvas, const Plan& plan, Source from, Random& random) {
    const float count = float(12 + 2 * random.below(5)), turn = float(random.uniform(0, 1));
    const Oklab ground = plan.palette.base();
    const Oklab second = mix(ground, plan.palette.accent(0), plan.palette.is_dark ? 0.34F : 0.52F);
    const Oklab warm = mix(ground, plan.palette.accent(1), 0.2F);
    canvas.paint([&](float px, float py) {
        const float dx = px - from.x * canvas.w(), dy = py - from.y * canvas.h();
        const float distance = std::hypot(dx, dy) + 0.001F;
        const float at = (std::atan2(dy, dx) / kTurn + turn) * count;
        const float to_edge = std::abs(at - std::floor(at) - 0.5F) - 0.25F;
        // One pixel of blend along the edge, however far out.
        const float pixels = to_edge / count * kTurn * distance;
        const float wedge = std::clamp(pixels + 0.5F, 0.0F, 1.0F);
        const float reach = distance / canvas.unit();
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float fade = std::exp(-0.55F * reach) * (1 - 0.85F * quiet);
        const Oklab lit = mix(ground, warm, std::exp(-1.6F * reach));
        return mix(lit, second, wedge * fade);
    });
}

void paint_beams(Canvas& canvas, const Plan& plan, Source from) {
    const Noise noise(plan.seed);
    const Oklab edge = plan.palette.ground_shade(-0.05F);
    const Oklab core = mix(plan.palette.base(), dimmed_hue(plan.palette.accent(0), 1), 0.47F);
    const Oklab light = shaded(dimmed_hue(plan.palette.accent(0), 0.35F), 0.1F);
    canvas.paint_smooth(2, [&](float px, float py) {
        const float dx = px - from.x * canvas.w(), dy = py - from.y * canvas.h();
        const float reach = std::hypot(dx, dy) / canvas.unit(), angle = std::atan2(dy, dx);
        // Noise on a circle has no seam.
        const float cx = std::cos(angle), cy = std::sin(angle);
        const float wide = noise.at(cx * 3.1F + 7, cy * 3.1F), thin = noise.at(cx * 9.5F, cy * 9.5F + 4);
        const float beam = std::clamp(0.28F + 0.75F * wide + 0.42F * thin, 0.0F, 1.0F);
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float glow = std::exp(-3.2F * reach * reach * 1.6F);
        const float near = 1 - std::exp(-7 * reach);  // the source itself is no star
        Oklab color =
            mix(edge, core, std::clamp(0.85F * std::exp(-1.9F * reach), 0.0F, 1.0F) * (1 - 0.5F * quiet));
        color = mix(color, light, 0.74F * beam * near * std::exp(-1.5F * reach) * (1 - 0.88F * quiet));
        return mix(color, light, 0.55F * glow * (1 - 0.6F * quiet));
    });
}

void add_dust(Canvas& canvas, const Plan& plan, Source from, Random& random) {
    const Rgb rgb = to_rgb(shaded(plan.palette.accent(0), 0.15F));
    for (int i = 0; i < 90; ++i) {
        const float angle = float(random.uniform(0, 6.283)),
                    reach = float(std::sqrt(random.uniform())) * 0.8F;
        const float x = from.x * canvas.w() + std::cos(angle) * reach * canvas.unit();
        const float y = from.y * canvas.h() + std::sin(angle) * reach * canvas.unit();
        const float quiet = plan.calmness(x / canvas.w(), y / canvas.h());
        const float radius = canvas.unit() * float(random.uniform(0.0008, 0.0035));
        const float strength = float(random.uniform(0.15, 0.7)) * (1 - quiet) * (1 - reach * 0.8F);
        for (int py = int(y - radius * 3); py <= int(y + radius * 3); ++py)
            for (int px = int(x - radius * 3); px <= int(x + radius * 3); ++px) {
                if (px < 0 || py < 0 || px >= canvas.width() || py >= canvas.height()) continue;
                const float d = std::hypot(float(px) + 0.5F - x, float(py) + 0.5F - y) / radius;
                canvas.at(px, py) = screened(canvas.at(px, py), rgb, strength * std::exp(-d * d));
            }
    }
}

}  // namespace

void paint_rays(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x72617973);
    const Source from = source_of(plan, random);
    const bool is_flat = plan.asks_for("sunburst|starburst|burst|radial") || !plan.palette.is_dark;
    if (is_flat) return paint_wedges(canvas, plan, from, random);
    paint_beams(canvas, plan, from);
    add_dust(canvas, plan, from, random);
}

}  // namespace atelier::ai::builtin::art
