// Sprigs, leaves and flowers, drawn by curves: growing in from the edges in three depths, or all over.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/techniques/plants.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Root {
    double x, y, angle;
};

/// A place on the frame, and the direction inwards. Calm sides get none.
Root root_on_edge(const Canvas& canvas, const Plan& plan, Random& random) {
    for (int tries = 0; tries < 60; ++tries) {
        const double t = random.uniform();
        Root root{};
        switch (random.below(4)) {
            case 0:
                root = {t, -0.02, 1.5708};
                break;
            case 1:
                root = {t, 1.02, -1.5708};
                break;
            case 2:
                root = {-0.02, t, 0};
                break;
            default:
                root = {1.02, t, 3.14159};
        }
        // Corners carry more than the middles of the sides.
        const double corner = std::abs(root.x - 0.5) * std::abs(root.y - 0.5) * 4;
        if (!random.chance(0.16 + corner)) continue;
        if (random.chance(double(plan.calmness(float(root.x), float(root.y))) * 1.1)) continue;
        const double to_middle = std::atan2(0.5 - root.y, 0.5 - root.x);
        const double angle = root.angle * 0.35 + to_middle * 0.65;
        const bool wraps = std::abs(root.angle - to_middle) > 3;
        return {root.x * double(canvas.w()), root.y * double(canvas.h()),
                (wraps ? to_middle : angle) + random.uniform(-0.5, 0.5)};
    }
    return {double(canvas.w()), double(canvas.h()), -2.2};
}

bool is_tropical(const Plan& plan) {
    return plan.asks_for("tropical|palm|palms|monstera|jungle");
}

bool is_leafy(const Plan& plan) {
    return plan.asks_for("leaves|leaf|foliage|greenery|eucalyptus|vegan|eco|herbal") &&
           !plan.asks_for("flower|flowers|floral|blossom|blossoms|petals");
}

/// Accents that are no green: petals. All of them where the palette has nothing else.
std::vector<Oklab> petal_colors(const Plan& plan) {
    std::vector<Oklab> colors;
    for (const Oklch& accent : plan.palette.accents)
        if (accent.chroma < 0.03F || hue_distance(accent.hue, 140) > 42) colors.push_back(to_oklab(accent));
    if (colors.empty()) colors.push_back(mix(plan.palette.accent(0), {0.97F, 0, 0.01F}, 0.6F));
    return colors;
}

void draw_plant(Layer& layer, const Plan& plan, Random& random, const Root& root, double length, Oklab leaf,
                std::size_t flower, bool blooms) {
    const std::vector<Oklab> petals = petal_colors(plan);
    cairo_t* cairo = layer.cairo();
    cairo_save(cairo);
    cairo_translate(cairo, root.x, root.y);
    cairo_rotate(cairo, root.angle);
    const double bend = random.uniform(-0.35, 0.35);
    if (is_tropical(plan)) {
        if (random.chance(0.5))
            draw_palm(cairo, random, length, bend, leaf);
        else
            draw_monstera(cairo, random, length * 0.8, leaf);
    } else {
        const std::size_t kind = random.below(3);
        if (kind == 0)
            draw_sprig(cairo, random, length, bend, leaf, LeafShape::pointed);
        else if (kind == 1)
            draw_sprig(cairo, random, length, bend, leaf, LeafShape::round);
        else
            draw_sprig(cairo, random, length, bend, leaf, LeafShape::slender);
        if (blooms) {
            cairo_translate(cairo, length * 0.98, length * bend);
            draw_flower(cairo, random, length * random.uniform(0.15, 0.24), petals[flower % petals.size()],
                        mix(petals[(flower + 1) % petals.size()], {0.85F, 0.02F, 0.12F}, 0.5F));
        }
    }
    cairo_restore(cairo);
}

Oklab leaf_color(const Plan& plan, Random& random, float depth) {
    // The greenest of the accents makes the leaves; palettes without green keep their own colours.
    std::size_t best = 0;
    float least = 1000;
    for (std::size_t i = 0; i < plan.palette.accents.size(); ++i) {
        const float away = hue_distance(plan.palette.accents[i].hue, 145);
        if (away < least && plan.palette.accents[i].chroma > 0.02F) {
            least = away;
            best = i;
        }
    }
    Oklch color = plan.palette.accents[best];
    color.hue = std::fmod(color.hue + float(random.uniform(-12, 12)) + 360, 360.0F);
    const Oklab leaf = shaded(to_oklab(color), float(random.uniform(-0.07, 0.05)));
    return mix(plan.palette.base(), leaf, depth);
}

void paint_all_over(Canvas& canvas, const Plan& plan, Random& random) {
    const std::vector<Oklab> petals = petal_colors(plan);
    Layer layer(canvas.width(), canvas.height());
    const double cell = double(canvas.unit()) * 0.17;
    for (int row = -1; row * cell < double(canvas.h()) + cell; ++row)
        for (int column = -1; column * cell < double(canvas.w()) + cell; ++column) {
            canvas.check_stop();
            const double x = (column + (row % 2 != 0 ? 0.5 : 0) + random.uniform(-0.2, 0.2)) * cell,
                         y = (row + random.uniform(-0.2, 0.2)) * cell;
            const float quiet = plan.calmness(float(x) / canvas.w(), float(y) / canvas.h());
            const Oklab leaf = leaf_color(plan, random, 1);
            const double angle = random.uniform(0, 6.28), size = cell * random.uniform(0.95, 1.35);
            const bool blooms = !is_leafy(plan) && random.chance(0.42);
            if (random.chance(double(quiet) * 1.05)) continue;
            cairo_save(layer.cairo());
            cairo_translate(layer.cairo(), x, y);
            cairo_rotate(layer.cairo(), angle);
            if (blooms)
                draw_flower(layer.cairo(), random, size * 0.36, petals[random.below(petals.size())],
                            mix(plan.palette.base(), {0.86F, 0.01F, 0.13F}, 0.7F));
            else {
                cairo_translate(layer.cairo(), -size * 0.5, 0);
                draw_sprig(layer.cairo(), random, size, random.uniform(-0.25, 0.25), leaf,
                           random.chance(0.5) ? LeafShape::pointed : LeafShape::round);
            }
            cairo_restore(layer.cairo());
        }
    canvas.compose(layer);
}

}  // namespace

void paint_botanical(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x626f74);
    const Noise noise(plan.seed);
    canvas.paint_smooth(4, [&](float px, float py) {
        const float wash = noise.fractal(px / canvas.unit() * 1.4F, py / canvas.unit() * 1.4F, 3);
        return mix(plan.palette.base(), plan.palette.accent(1), 0.05F + 0.05F * wash);
    });
    if (plan.asks_for("seamless|all over|repeating|wallpaper") ||
        (plan.calm == Side::none && plan.asks_for("pattern|patterns|botanical pattern")))
        return paint_all_over(canvas, plan, random);
    struct Depth {
        int count;
        double length;
        float ink, blur;
    };
    constexpr std::array<Depth, 3> kDepths{
        {{16, 0.46, 0.26F, 0.004F}, {18, 0.38, 0.62F, 0}, {17, 0.3, 1.0F, 0}}};
    const float share = std::clamp(std::max(canvas.w(), canvas.h()) / canvas.unit(), 1.0F, 2.0F);
    std::size_t flower = 0;
    for (const Depth& depth : kDepths) {
        Layer layer(canvas.width(), canvas.height());
        for (int i = 0; i < int(float(depth.count) * share); ++i) {
            canvas.check_stop();
            const Root root = root_on_edge(canvas, plan, random);
            const double length = double(canvas.unit()) * depth.length * random.uniform(0.65, 1.15) *
                                  (plan.calm == Side::middle ? 0.72 : 1);
            const bool blooms = depth.ink > 0.5F && !is_leafy(plan) && random.chance(0.6);
            draw_plant(layer, plan, random, root, length, leaf_color(plan, random, depth.ink), flower++,
                       blooms);
        }
        if (depth.blur > 0) layer.blur(depth.blur * canvas.unit());
        if (depth.ink > 0.5F)
            canvas.cast_shadow(layer, 0, canvas.unit() * 0.007F, canvas.unit() * 0.009F, {0.2F, 0, 0}, 0.16F);
        canvas.compose(layer);
    }
}

}  // namespace atelier::ai::builtin::art
