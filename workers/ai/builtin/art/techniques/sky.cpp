// Night skies with stars and nebulae, and falling snow.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

/// A soft point of light; `radius` pixels to where it has lost two thirds.
void glow_at(Canvas& canvas, float x, float y, float radius, float strength, Rgb color) {
    const float reach = radius * 3;
    const int right = std::min(canvas.width() - 1, int(x + reach)),
              bottom = std::min(canvas.height() - 1, int(y + reach));
    for (int py = std::max(0, int(y - reach)); py <= bottom; ++py)
        for (int px = std::max(0, int(x - reach)); px <= right; ++px) {
            const float dx = (float(px) + 0.5F - x) / radius, dy = (float(py) + 0.5F - y) / radius;
            const float light = strength * std::exp(-(dx * dx + dy * dy));
            canvas.at(px, py) = screened(canvas.at(px, py), color, light);
        }
}

/// Four thin spikes, as bright stars have them in a telescope.
void spikes_at(Canvas& canvas, float x, float y, float length, float strength, Rgb color) {
    for (int i = int(-length); i <= int(length); ++i) {
        const float fade = strength * std::pow(1 - std::abs(float(i)) / length, 3.0F);
        for (const auto& [px, py] : {std::pair{int(x) + i, int(y)}, {int(x), int(y) + i}})
            if (px >= 0 && py >= 0 && px < canvas.width() && py < canvas.height())
                canvas.at(px, py) = screened(canvas.at(px, py), color, fade);
    }
}

void paint_stars(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x73746172);
    const Noise noise(plan.seed);
    Oklch night = plan.palette.ground;
    if (!plan.palette.is_dark) night = {0.2F, 0.06F, plan.palette.accents[0].hue};
    const Oklab deep = shaded(to_oklab(night), -0.05F), low = shaded(to_oklab(night), 0.05F);
    const float tilt = float(random.uniform(-0.5, 0.5)), per_unit = 1 / canvas.unit();
    canvas.paint_smooth(3, [&](float px, float py) {
        const float x = px * per_unit, y = py * per_unit;
        const float band = (py / canvas.h() - 0.5F) - tilt * (px / canvas.w() - 0.5F);
        const float along = std::exp(-9 * band * band);
        const float cloud = noise.fractal(x * 1.8F + 0.5F * noise.at(x * 2, y * 2), y * 1.8F, 4);
        const float quiet = plan.calmness(px / canvas.w(), py / canvas.h());
        const float haze = std::clamp(along * (0.42F + 0.95F * cloud), 0.0F, 1.0F) * (1 - 0.85F * quiet);
        const float which = std::clamp(0.5F + 1.1F * noise.at(x + 20, y), 0.0F, 1.0F);
        return mix(mix(deep, low, py / canvas.h()),
                   mix(plan.palette.accent(0), plan.palette.accent(1), which), haze * 0.75F);
    });
    const float share = std::clamp(canvas.w() * canvas.h() / (canvas.unit() * canvas.unit()), 1.0F, 3.0F);
    const Rgb white = to_rgb({0.97F, 0, 0}), tinted = to_rgb(shaded(plan.palette.accent(1), 0.25F));
    for (int i = 0; i < int(520 * share); ++i) {
        const float x = float(random.uniform()), y = float(random.uniform());
        const double size = std::pow(random.uniform(), 7.0);
        const bool is_tinted = random.chance(0.3);
        const float strength =
            float(0.25 + 0.75 * size + random.uniform(0, 0.25)) * (1 - 0.8F * plan.calmness(x, y));
        const float radius = canvas.unit() * float(0.0009 + 0.0032 * size);
        glow_at(canvas, x * canvas.w(), y * canvas.h(), std::max(radius, 0.7F), strength,
                is_tinted ? tinted : white);
        if (size < 0.62) continue;
        glow_at(canvas, x * canvas.w(), y * canvas.h(), radius * 5, strength * 0.22F, tinted);
        spikes_at(canvas, x * canvas.w(), y * canvas.h(), radius * 11, strength * 0.7F, white);
    }
}

void draw_crystal(cairo_t* cairo, double radius) {
    for (int arm = 0; arm < 6; ++arm) {
        cairo_save(cairo);
        cairo_rotate(cairo, arm * 1.0471975512);
        cairo_move_to(cairo, 0, 0);
        cairo_line_to(cairo, 0, -radius);
        for (const double at : {0.45, 0.7}) {
            cairo_move_to(cairo, 0, -radius * at);
            cairo_line_to(cairo, radius * 0.24 * (1.3 - at), -radius * (at + 0.2));
            cairo_move_to(cairo, 0, -radius * at);
            cairo_line_to(cairo, -radius * 0.24 * (1.3 - at), -radius * (at + 0.2));
        }
        cairo_stroke(cairo);
        cairo_restore(cairo);
    }
}

void paint_snow(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x736e6f77);
    const Noise noise(plan.seed);
    const Oklab top = plan.palette.is_dark ? plan.palette.ground_shade(-0.03F)
                                           : mix(plan.palette.base(), plan.palette.accent(0), 0.42F);
    const Oklab low = plan.palette.is_dark
                          ? mix(plan.palette.ground_shade(0.12F), plan.palette.accent(0), 0.2F)
                          : mix(plan.palette.base(), {1, 0, 0}, 0.3F);
    canvas.paint_smooth(4, [&](float px, float py) {
        const float x = px / canvas.w(), y = py / canvas.h();
        return mix(top, low, std::clamp(y + 0.12F * noise.fractal(x * 2, y * 2, 2), 0.0F, 1.0F));
    });
    const Rgb white{1, 1, 1};
    const float share = std::clamp(canvas.w() * canvas.h() / (canvas.unit() * canvas.unit()), 1.0F, 3.0F);
    for (int i = 0; i < int(330 * share); ++i) {
        const float x = float(random.uniform()), y = float(random.uniform());
        const double near = std::pow(random.uniform(), 5.0);
        const float strength = float(0.75 - 0.5 * near) * (1 - 0.9F * plan.calmness(x, y));
        glow_at(canvas, x * canvas.w(), y * canvas.h(),
                std::max(0.8F, canvas.unit() * float(0.0018 + 0.016 * near)), strength, white);
    }
    Layer crystals(canvas.width(), canvas.height());
    cairo_t* cairo = crystals.cairo();
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (int i = 0; i < int(16 * share); ++i) {
        const float x = float(random.uniform()), y = float(random.uniform());
        const double radius = double(canvas.unit()) * random.uniform(0.018, 0.05),
                     turn = random.uniform(0, 1);
        if (plan.calmness(x, y) > 0.3F) continue;
        cairo_save(cairo);
        cairo_translate(cairo, double(x * canvas.w()), double(y * canvas.h()));
        cairo_rotate(cairo, turn);
        cairo_set_source_rgba(cairo, 1, 1, 1, 0.5);
        cairo_set_line_width(cairo, std::max(0.8, radius * 0.07));
        draw_crystal(cairo, radius);
        cairo_restore(cairo);
    }
    canvas.compose(crystals);
}

}  // namespace

void paint_sky(Canvas& canvas, const Plan& plan) {
    if (plan.asks_for("snow|snowfall|snowflakes|falling snow|winter"))
        paint_snow(canvas, plan);
    else
        paint_stars(canvas, plan);
}

}  // namespace atelier::ai::builtin::art
