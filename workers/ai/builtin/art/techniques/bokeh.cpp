// Lights out of focus: soft-rimmed discs in three depths, screened on a dim ground.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Disc {
    float x, y, radius, strength, softness;
    Oklab color;
};

void paint_ground(Canvas& canvas, const Plan& plan, Random& random) {
    const float x0 = float(random.uniform(0.55, 0.8)), y0 = float(random.uniform(0.3, 0.6));
    const Noise noise(plan.seed);
    const Oklab glow = plan.palette.is_dark
                           ? mix(plan.palette.base(), dimmed_hue(plan.palette.accent(0), 1), 0.44F)
                           : mix(plan.palette.base(), plan.palette.accent(0), 0.38F);
    canvas.paint_smooth(4, [&](float px, float py) {
        const float x = px / canvas.w(), y = py / canvas.h();
        const float cloud = 0.5F + 0.5F * noise.fractal(x * 2.2F, y * 2.2F, 2);
        const float near = std::exp(-4.5F * ((x - x0) * (x - x0) + (y - y0) * (y - y0)));
        const Oklab edge = plan.palette.ground_shade(plan.palette.is_dark ? -0.05F : -0.02F);
        const float loud = 1 - 0.8F * plan.calmness(x, y);
        return mix(edge, glow, std::clamp(near * (0.35F + 0.75F * cloud), 0.0F, 1.0F) * loud);
    });
}

/// A lens shows a point of light as a disc, a little brighter towards the rim.
float disc_light(const Disc& disc, float distance) {
    const float r = distance / disc.radius;
    const float edge = std::clamp((1 - r) / disc.softness, 0.0F, 1.0F);
    if (edge <= 0) return 0;
    const float rim = 0.62F + 0.38F * r * r * r * r;
    return edge * edge * (3 - 2 * edge) * rim;
}

void add(Canvas& canvas, const Disc& disc) {
    const Rgb rgb = to_rgb(disc.color);
    const int left = std::max(0, int(disc.x - disc.radius)), top = std::max(0, int(disc.y - disc.radius));
    const int right = std::min(canvas.width(), int(disc.x + disc.radius) + 2);
    const int bottom = std::min(canvas.height(), int(disc.y + disc.radius) + 2);
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) {
            const float light =
                disc_light(disc, std::hypot(float(x) + 0.5F - disc.x, float(y) + 0.5F - disc.y));
            if (light > 0) canvas.at(x, y) = screened(canvas.at(x, y), rgb, light * disc.strength);
        }
}

/// Light grounds take little light: there the discs are colour instead.
void add_colored(Canvas& canvas, const Disc& disc) {
    const Rgb rgb = to_rgb(disc.color);
    const int left = std::max(0, int(disc.x - disc.radius)), top = std::max(0, int(disc.y - disc.radius));
    const int right = std::min(canvas.width(), int(disc.x + disc.radius) + 2);
    const int bottom = std::min(canvas.height(), int(disc.y + disc.radius) + 2);
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) {
            const float light =
                disc_light(disc, std::hypot(float(x) + 0.5F - disc.x, float(y) + 0.5F - disc.y));
            if (light > 0) canvas.at(x, y) = blended(canvas.at(x, y), rgb, light * disc.strength);
        }
}

Oklab light_color(const Plan& plan, Random& random) {
    // On a pale ground most lights are white; the first accent is most of the coloured ones.
    if (!plan.palette.is_dark && random.chance(0.5)) return {0.995F, 0, 0};
    const std::size_t which = random.chance(0.62) ? 0 : random.below(plan.palette.accents.size());
    Oklch color = plan.palette.accents[which];
    if (plan.palette.is_dark)
        color = {std::clamp(color.l + float(random.uniform(0, 0.14)), 0.64F, 0.92F), color.chroma * 1.1F,
                 std::fmod(color.hue + float(random.uniform(-10, 10)) + 360, 360.0F)};
    else
        color.l = std::clamp(color.l + float(random.uniform(0, 0.12)), 0.74F, 0.95F);
    return to_oklab(color);
}

}  // namespace

void paint_bokeh(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x626f6b6568);
    paint_ground(canvas, plan, random);
    struct Depth {
        int count;
        double smallest, largest, strength;
        float softness;
    };
    constexpr std::array<Depth, 3> kDepths{{{15, 0.09, 0.2, 0.2, 0.5F},         // near: large and dim
                                            {52, 0.02, 0.078, 0.55, 0.09F},     // the lights themselves
                                            {110, 0.003, 0.011, 0.95, 0.9F}}};  // far sparkles
    const float share = std::clamp(canvas.w() * canvas.h() / (canvas.unit() * canvas.unit()), 1.0F, 3.0F);
    for (const Depth& depth : kDepths)
        for (int i = 0; i < int(float(depth.count) * share); ++i) {
            canvas.check_stop();
            const float x = float(random.uniform(-0.05, 1.05)), y = float(random.uniform(-0.05, 1.05));
            const float quiet = plan.calmness(x, y);
            Disc disc{x * canvas.w(),
                      y * canvas.h(),
                      canvas.unit() * float(random.uniform(depth.smallest, depth.largest)),
                      float(depth.strength * (0.4 + 1.15 * std::pow(random.uniform(), 1.7))),
                      depth.softness * float(random.uniform(0.8, 1.6)),
                      light_color(plan, random)};
            disc.strength *= (plan.palette.is_dark ? 1.0F : 1.35F) * (1 - 0.94F * quiet);
            if (plan.palette.is_dark)
                disc.color = dimmed_hue(disc.color, std::clamp(1 - disc.strength, 0.0F, 1.0F));
            if (random.chance(0.85 * double(quiet))) continue;
            if (plan.palette.is_dark)
                add(canvas, disc);
            else
                add_colored(canvas, disc);
        }
}

}  // namespace atelier::ai::builtin::art
