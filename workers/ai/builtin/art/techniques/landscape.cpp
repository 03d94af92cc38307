// Ridges behind ridges, paler with distance, under a low sun or a moon; trees or dunes in front.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr int kRidges = 6;

enum class Country { hills, mountains, dunes, forest };

Country country_of(const Plan& plan) {
    if (plan.asks_for("forest|camping|autumn|fall|woods|pines")) return Country::forest;
    if (plan.asks_for("mountain|mountains|mountain range|hiking|adventure|peaks")) return Country::mountains;
    if (plan.asks_for("dunes|desert")) return Country::dunes;
    return Country::hills;
}

constexpr Oklab kSunlight{0.975F, 0.004F, 0.035F};

struct Tones {
    Oklab sky_top, sky_low, far, between, near, sun;
};

Tones tones_of(const Plan& plan) {
    const Palette& p = plan.palette;
    if (p.is_dark) {
        const Oklab far = mix(shaded(p.base(), 0.14F), p.accent(0), 0.3F), near = shaded(p.base(), -0.08F);
        return {shaded(p.base(), -0.02F),
                mix(shaded(p.base(), 0.12F), p.accent(0), 0.5F),
                far,
                mix(far, near, 0.44F),
                near,
                shaded(p.accent(0), 0.14F)};
    }
    return {mix(p.base(), p.accent(1), 0.22F), mix(p.base(), {0.99F, 0, 0}, 0.3F),
            mix(p.base(), p.accent(1), 0.45F), mix(p.base(), p.accent(0), 0.8F),
            deepened(p.accent(0), 0.42F),      kSunlight};
}

/// The outline of ridge `i` (0 far) at x, in unit lengths above its foot.
float ridge_at(const Noise& noise, Country country, int i, float x) {
    const float shift = 37.7F * float(i + 1);
    switch (country) {
        case Country::mountains: {
            // Ridged noise: sharp crests, wide valleys.
            const float a = 1 - std::abs(noise.at(x * 1.5F + shift, shift));
            const float b = 1 - std::abs(noise.at(x * 3.4F + shift, shift + 9));
            return 0.30F * a * a + 0.09F * b + 0.02F * noise.fractal(x * 11 + shift, 3, 3);
        }
        case Country::dunes:
            return 0.16F * std::pow(1 - std::abs(noise.at(x * 0.8F + shift, shift)), 1.3F);
        case Country::forest:
        case Country::hills:
            break;
    }
    return 0.15F * (0.6F + noise.fractal(x * 1.05F + shift, shift, 3));
}

void draw_pine(cairo_t* cairo, double x, double foot, double height) {
    cairo_new_path(cairo);
    const int tiers = 5;
    cairo_move_to(cairo, x, foot - height);
    for (int side : {1, -1})
        for (int i = 0; i < tiers; ++i) {
            const int tier = side > 0 ? i + 1 : tiers - i;
            const double y = foot - height + height * 0.95 * tier / tiers,
                         half = height * 0.19 * tier / tiers + height * 0.02;
            if (side > 0) {
                cairo_line_to(cairo, x + half, y);
                cairo_line_to(cairo, x + half * 0.5, y - height * 0.02);
            } else {
                cairo_line_to(cairo, x - half * 0.5, y - height * 0.02);
                cairo_line_to(cairo, x - half, y);
            }
        }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

void draw_ridge(Canvas& canvas, const Plan& plan, const Noise& noise, Country country, int i,
                const Tones& tones, Random& random) {
    const float t = float(i) / (kRidges - 1);
    const float unit = canvas.unit();
    // A calm lower half keeps its hills low and few; a calm top is what landscapes have anyway.
    const float first = plan.calm == Side::bottom ? 0.34F : 0.55F,
                last = plan.calm == Side::bottom ? 0.62F : 0.97F;
    const float foot = canvas.h() * (first + (last - first) * std::pow(t, 1.15F));
    const float height = unit * (country == Country::mountains ? 1 - 0.62F * t : 0.75F + 0.25F * t);
    const auto top_at = [&](float x) {
        const float quiet = plan.calmness(x / canvas.w(), 0.6F);
        const float tame = plan.calm == Side::left || plan.calm == Side::right ? 1 - 0.5F * quiet : 1;
        return foot - height * tame * ridge_at(noise, country, i, x / unit);
    };
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    const Oklab color =
        t < 0.5F ? mix(tones.far, tones.between, t * 2) : mix(tones.between, tones.near, t * 2 - 1);
    const Oklab mist = mix(color, tones.sky_low, 0.5F * (1 - t));
    cairo_pattern_t* fill = cairo_pattern_create_linear(0, foot - height * 0.3F, 0, foot + unit * 0.12F);
    add_stop(fill, 0, color);
    add_stop(fill, 1, mist);
    cairo_set_source(cairo, fill);
    cairo_move_to(cairo, -2, canvas.h() + 2);
    const float step = std::max(1.0F, unit / 500);
    for (float x = -2; x <= canvas.w() + 2; x += step)
        cairo_line_to(cairo, x, top_at(x));
    cairo_line_to(cairo, canvas.w() + 2, canvas.h() + 2);
    cairo_close_path(cairo);
    cairo_fill(cairo);
    cairo_pattern_destroy(fill);
    if ((country == Country::forest || country == Country::mountains) &&
        i >= (country == Country::forest ? 2 : 4)) {
        set_color(cairo, color);
        const double size = double(unit) * (0.03 + 0.085 * double(t) * double(t));
        for (double x = -size; x < double(canvas.w()) + size; x += size * random.uniform(0.16, 0.5)) {
            const double tall = size * random.uniform(0.55, 1.15);
            const bool stands = noise.at(float(x) / unit * 3 + float(i), 77) > -0.25F;
            if (stands) draw_pine(cairo, x, double(top_at(float(x))) + tall * 0.06, tall);
        }
    }
    canvas.compose(layer);
}

}  // namespace

void paint_landscape(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x68696c6c);
    const Noise noise(plan.seed);
    const Country country = country_of(plan);
    const Tones tones = tones_of(plan);
    const float sun_x = plan.calm == Side::left    ? 0.74F
                        : plan.calm == Side::right ? 0.26F
                                                   : float(random.uniform(0.3, 0.7));
    const float sun_y = plan.calm == Side::top ? 0.5F : 0.36F, radius = canvas.unit() * 0.085F;
    canvas.paint_smooth(3, [&](float px, float py) {
        const float y = py / canvas.h();
        const float d = std::hypot(px - sun_x * canvas.w(), py - sun_y * canvas.h()) / canvas.unit();
        const Oklab sky = mix(tones.sky_top, tones.sky_low, std::clamp(y / 0.62F, 0.0F, 1.0F));
        return mix(sky, tones.sun, 0.5F * std::exp(-4.2F * d));
    });
    canvas.tint(tones.sun, [&](float x, float y) {
        return std::clamp(radius + 0.5F - std::hypot(x - sun_x * canvas.w(), y - sun_y * canvas.h()), 0.0F,
                          1.0F) *
               0.92F;
    });
    for (int i = 0; i < kRidges; ++i)
        draw_ridge(canvas, plan, noise, country, i, tones, random);
}

}  // namespace atelier::ai::builtin::art
