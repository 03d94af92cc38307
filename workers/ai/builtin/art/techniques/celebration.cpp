// Confetti in three depths, or fireworks: bursts of curved trails on a night sky.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

/// One scrap of paper about the origin: a strip, a disc or a curl.
void scrap(cairo_t* cairo, Random& random, double size, Oklab color) {
    const std::size_t kind = random.below(10);
    set_color(cairo, color);
    cairo_new_path(cairo);
    if (kind < 5) {
        cairo_scale(cairo, 1, random.uniform(0.25, 0.6));  // turned away from us
        cairo_rectangle(cairo, -size * 0.5, -size * 0.35, size, size * 0.7);
        cairo_fill(cairo);
    } else if (kind < 8) {
        cairo_scale(cairo, 1, random.uniform(0.45, 1));
        cairo_arc(cairo, 0, 0, size * 0.36, 0, 6.283185307);
        cairo_fill(cairo);
    } else {
        cairo_set_line_width(cairo, size * 0.2);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_move_to(cairo, -size, 0);
        cairo_curve_to(cairo, -size * 0.5, -size * 0.9, 0, size * 0.9, size * 0.4, 0);
        cairo_curve_to(cairo, size * 0.6, -size * 0.5, size * 0.9, -size * 0.3, size, size * 0.2);
        cairo_stroke(cairo);
    }
}

void paint_confetti(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x636f6e66);
    const Oklab lit = plan.palette.is_dark ? mix(plan.palette.base(), plan.palette.accent(0), 0.22F)
                                           : mix(plan.palette.base(), {1, 0, 0}, 0.4F);
    canvas.paint_smooth(4, [&](float x, float y) {
        const float d = std::hypot(x / canvas.w() - 0.5F, y / canvas.h() - 0.35F);
        return mix(lit, plan.palette.base(), std::min(1.0F, d * 1.5F));
    });
    struct Depth {
        int count;
        double size;
        float blur;
    };
    constexpr std::array<Depth, 3> kDepths{{{120, 0.017, 0.0022F}, {110, 0.032, 0}, {13, 0.07, 0.007F}}};
    const float share = std::clamp(canvas.w() * canvas.h() / (canvas.unit() * canvas.unit()), 1.0F, 3.0F);
    for (const Depth& depth : kDepths) {
        Layer layer(canvas.width(), canvas.height());
        cairo_t* cairo = layer.cairo();
        for (int i = 0; i < int(float(depth.count) * share); ++i) {
            canvas.check_stop();
            const float x = float(random.uniform()), y = float(std::pow(random.uniform(), 1.35));
            const double size = double(canvas.unit()) * depth.size * random.uniform(0.7, 1.35);
            const Oklab color = shaded(plan.palette.accent(random.below(plan.palette.accents.size())),
                                       float(random.uniform(-0.06, 0.08)));
            const double turn = random.uniform(0, 6.28);
            cairo_save(cairo);
            cairo_translate(cairo, double(x * canvas.w()), double(y * canvas.h()));
            cairo_rotate(cairo, turn);
            if (!random.chance(std::min(0.97, double(plan.calmness(x, y)) * 1.05)))
                scrap(cairo, random, size, color);
            cairo_restore(cairo);
        }
        if (depth.blur > 0)
            layer.blur(depth.blur * canvas.unit());
        else
            canvas.cast_shadow(layer, 0, canvas.unit() * 0.008F, canvas.unit() * 0.006F, {0.15F, 0, 0},
                               0.16F);
        canvas.compose(layer, depth.blur > 0.005F ? 0.85F : 1);
    }
}

struct Burst {
    double x, y, radius;
    Oklab color, tip;
};

void draw_burst(cairo_t* cairo, Random& random, const Burst& burst) {
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    const int rings = 2 + int(random.below(2));
    for (int ring = 0; ring < rings; ++ring) {
        const int trails = 34 + int(random.below(16));
        const double reach = burst.radius * (1 - 0.34 * ring);
        for (int i = 0; i < trails; ++i) {
            const double angle = 6.283185307 * (i + random.uniform(-0.3, 0.3)) / trails;
            const double length = reach * random.uniform(0.82, 1.05);
            const double ex = burst.x + std::cos(angle) * length;
            const double ey = burst.y + std::sin(angle) * length + burst.radius * 0.13;  // gravity
            const double bx = burst.x + std::cos(angle) * length * 0.62,
                         by = burst.y + std::sin(angle) * length * 0.62;
            cairo_pattern_t* fade = cairo_pattern_create_linear(burst.x, burst.y, ex, ey);
            add_stop(fade, 0.15, burst.color, 0);
            add_stop(fade, 0.55, burst.color, 0.5);
            add_stop(fade, 1, burst.tip, 1);
            cairo_set_source(cairo, fade);
            cairo_set_line_width(cairo, std::max(0.8, burst.radius * 0.011));
            cairo_move_to(cairo, burst.x + std::cos(angle) * length * 0.12,
                          burst.y + std::sin(angle) * length * 0.12);
            cairo_curve_to(cairo, bx, by, bx, by, ex, ey);
            cairo_stroke(cairo);
            cairo_pattern_destroy(fade);
            set_color(cairo, burst.tip);
            cairo_arc(cairo, ex, ey, std::max(0.9, burst.radius * random.uniform(0.008, 0.02)), 0,
                      6.283185307);
            cairo_fill(cairo);
        }
    }
}

void paint_fireworks(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x66697265);
    Oklch night = plan.palette.ground;
    if (!plan.palette.is_dark)
        night = {0.2F, std::min(night.chroma + 0.02F, 0.07F), plan.palette.accents[0].hue};
    const Oklab top = to_oklab(night), low = shaded(mix(top, plan.palette.accent(0), 0.18F), 0.04F);
    canvas.paint_smooth(4, [&](float, float y) { return mix(top, low, std::pow(y / canvas.h(), 1.6F)); });
    Layer layer(canvas.width(), canvas.height());
    const int count = canvas.w() > canvas.h() * 1.5F ? 7 : 6;
    std::vector<Burst> bursts;
    for (int tries = 0; tries < 90 && int(bursts.size()) < count; ++tries) {
        const float x = float(random.uniform(0.06, 0.94)), y = float(random.uniform(0.08, 0.66));
        const double radius = double(canvas.unit()) * random.uniform(0.1, 0.23) * (bursts.empty() ? 1.25 : 1);
        const bool is_near = std::ranges::any_of(bursts, [&](const Burst& b) {
            return std::hypot(b.x - double(x * canvas.w()), b.y - double(y * canvas.h())) <
                   (b.radius + radius) * 0.8;
        });
        if (plan.calmness(x, y) > 0.35F || is_near) continue;
        Oklch color = plan.palette.accents[bursts.size() % plan.palette.accents.size()];
        color.l = std::clamp(color.l, 0.6F, 0.85F);
        bursts.push_back({double(x * canvas.w()), double(y * canvas.h()), radius, to_oklab(color),
                          shaded(to_oklab(color), 0.14F)});
    }
    for (const Burst& burst : bursts) {
        canvas.check_stop();
        draw_burst(layer.cairo(), random, burst);
        canvas.shine(burst.color, [&](float x, float y) {
            const float d = std::hypot(x - float(burst.x), y - float(burst.y)) / float(burst.radius);
            return d > 2.6F ? 0 : 0.26F * std::exp(-1.3F * d * d);
        });
    }
    Layer glow(canvas.width(), canvas.height());
    glow.draw(layer);
    glow.blur(canvas.unit() * 0.008F);
    canvas.compose(glow, 0.9F, Mode::screen);
    canvas.compose(layer, 1, Mode::screen);
}

}  // namespace

void paint_celebration(Canvas& canvas, const Plan& plan) {
    if (plan.asks_for("firework|fireworks|sparklers|new year|new year's eve") && !plan.asks_for("confetti"))
        paint_fireworks(canvas, plan);
    else
        paint_confetti(canvas, plan);
}

}  // namespace atelier::ai::builtin::art
