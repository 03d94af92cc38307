// Soft fields of colour that run into each other: points of colour, weighted by distance, on bent space.

#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr int kStep = 4;  // pixels between computed colours: nothing here is finer
constexpr float kFalloff = 6.5F;

struct Blot {
    float x, y;
    Oklab color;
    float weight;
};

std::vector<Blot> scatter(const Plan& plan, Random& random) {
    std::vector<Blot> blots;
    // A ground that shows through everywhere, then the accents, away from the calm side.
    for (const auto& [x, y] :
         {std::pair{0.05F, 0.1F}, {0.95F, 0.05F}, {0.0F, 0.95F}, {1.0F, 1.0F}, {0.5F, 0.5F}})
        blots.push_back({x, y, plan.palette.ground_shade(float(random.uniform(-0.03, 0.03))), 1});
    // Dark grounds need room between their lights.
    const std::size_t count = plan.palette.is_dark ? 4 : 6;
    for (std::size_t i = 0; i < count; ++i) {
        const float x = float(random.uniform(-0.05, 1.05)), y = float(random.uniform(-0.05, 1.05));
        const float loud = 1 - 0.92F * plan.calmness(x, y);
        const Oklab color = mix(plan.palette.base(), plan.palette.accent(i % 4 == 3 ? 0 : i), 0.9F);
        blots.push_back({x, y, color, loud * float(random.uniform(0.8, 1.7))});
    }
    return blots;
}

}  // namespace

void paint_gradient_mesh(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x6d657368);
    const Noise noise(plan.seed);
    const std::vector<Blot> blots = scatter(plan, random);
    const float falloff = plan.palette.is_dark ? kFalloff * 1.25F : kFalloff;
    const float aspect_x = canvas.w() / canvas.unit(), aspect_y = canvas.h() / canvas.unit();
    canvas.paint_smooth(kStep, [&](float px, float py) {
        const float x = px / canvas.w(), y = py / canvas.h();
        const float u = x * aspect_x * 1.6F, v = y * aspect_y * 1.6F;
        const float bent_x = x + 0.13F * noise.at(u + 3, v) / aspect_x;
        const float bent_y = y + 0.13F * noise.at(u, v + 9) / aspect_y;
        Oklab sum;
        float total = 0, chroma = 0;
        for (const Blot& blot : blots) {
            const float dx = (bent_x - blot.x) * aspect_x, dy = (bent_y - blot.y) * aspect_y;
            const float weight = blot.weight * std::exp(-falloff * std::sqrt(dx * dx + dy * dy + 0.004F));
            sum = {sum.l + blot.color.l * weight, sum.a + blot.color.a * weight,
                   sum.b + blot.color.b * weight};
            total += weight;
            chroma += weight * std::hypot(blot.color.a, blot.color.b);
        }
        // Between two hues lies grey: half of the chroma that mixing took is given back.
        const float left = std::hypot(sum.a, sum.b);
        const float back = 0.5F + 0.5F * std::min(3.0F, chroma / std::max(left, 0.001F));
        const Oklab color{sum.l / total, sum.a / total * back, sum.b / total * back};
        return mix(color, plan.palette.base(), 0.65F * plan.calmness(x, y));
    });
}

}  // namespace atelier::ai::builtin::art
