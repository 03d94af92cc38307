// Patterns of plain shapes: Bauhaus tiles, Truchet arcs, Memphis scraps, terrazzo chips, overlapping circles.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr double kTurn = 6.283185307;

/// Colour in the midst of things, ground where it is calm.
Oklab quietened(const Plan& plan, Oklab color, float quiet) {
    return mix(color, plan.palette.raised(0.02F), std::min(1.0F, quiet * 1.02F));
}

/// One Bauhaus tile with its corner at the origin.
void draw_tile(cairo_t* cairo, Random& random, double side, Oklab back, Oklab front, Oklab spot) {
    set_color(cairo, back);
    cairo_rectangle(cairo, 0, 0, side + 0.5, side + 0.5);
    cairo_fill(cairo);
    cairo_translate(cairo, side / 2, side / 2);
    cairo_rotate(cairo, kTurn / 4 * double(random.below(4)));
    cairo_translate(cairo, -side / 2, -side / 2);
    set_color(cairo, front);
    switch (random.below(8)) {
        case 0:  // quarter disc
            cairo_move_to(cairo, 0, 0);
            cairo_arc(cairo, 0, 0, side, 0, kTurn / 4);
            break;
        case 1:  // half disc
            cairo_arc(cairo, side / 2, 0, side / 2, 0, kTurn / 2);
            break;
        case 2:  // disc with a spot
            cairo_arc(cairo, side / 2, side / 2, side * 0.42, 0, kTurn);
            cairo_fill(cairo);
            set_color(cairo, spot);
            cairo_arc(cairo, side / 2, side / 2, side * 0.17, 0, kTurn);
            break;
        case 3:  // triangle
            cairo_move_to(cairo, 0, 0);
            cairo_line_to(cairo, side, 0);
            cairo_line_to(cairo, 0, side);
            break;
        case 4:  // concentric quarters
            cairo_move_to(cairo, 0, 0);
            cairo_arc(cairo, 0, 0, side, 0, kTurn / 4);
            cairo_fill(cairo);
            set_color(cairo, spot);
            cairo_move_to(cairo, 0, 0);
            cairo_arc(cairo, 0, 0, side * 0.66, 0, kTurn / 4);
            cairo_fill(cairo);
            set_color(cairo, back);
            cairo_move_to(cairo, 0, 0);
            cairo_arc(cairo, 0, 0, side * 0.33, 0, kTurn / 4);
            break;
        case 5:  // stripes
            for (int i = 0; i < 3; ++i)
                cairo_rectangle(cairo, side * (0.08 + i * 0.333), 0, side * 0.17, side);
            break;
        case 6:  // leaf
            cairo_move_to(cairo, 0, 0);
            cairo_arc(cairo, side, 0, side, kTurn / 4, kTurn / 2);
            cairo_arc(cairo, 0, side, side, -kTurn / 4, 0);
            break;
        default:  // plain
            return;
    }
    cairo_fill(cairo);
}

void paint_bauhaus(Canvas& canvas, const Plan& plan, Layer& layer, Random& random) {
    const double side = double(std::max(canvas.w(), canvas.h())) /
                        std::ceil(double(std::max(canvas.w(), canvas.h()) / canvas.unit()) * 6.5);
    for (double y = 0; y < double(canvas.h()); y += side)
        for (double x = 0; x < double(canvas.w()); x += side) {
            canvas.check_stop();
            const float quiet =
                plan.calmness(float(x + side / 2) / canvas.w(), float(y + side / 2) / canvas.h());
            const std::size_t pick = random.below(plan.palette.accents.size() + 2);
            const Oklab front = quietened(plan, plan.palette.accent(pick), quiet);
            const Oklab back = quietened(plan,
                                         random.chance(0.55)
                                             ? plan.palette.base()
                                             : mix(plan.palette.base(), plan.palette.accent(pick + 1), 0.55F),
                                         quiet);
            cairo_save(layer.cairo());
            cairo_translate(layer.cairo(), x, y);
            draw_tile(layer.cairo(), random, side, back, front,
                      quietened(plan, plan.palette.accent(pick + 2), quiet));
            cairo_restore(layer.cairo());
        }
}

void paint_truchet(Canvas& canvas, const Plan& plan, Layer& layer, Random& random) {
    const double side = double(canvas.unit()) / 9;
    cairo_t* cairo = layer.cairo();
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    for (double y = 0; y < double(canvas.h()); y += side)
        for (double x = 0; x < double(canvas.w()); x += side) {
            canvas.check_stop();
            const float quiet =
                plan.calmness(float(x + side / 2) / canvas.w(), float(y + side / 2) / canvas.h());
            const bool is_turned = random.chance(0.5);
            // Three bands, each narrower than the one below it.
            for (const auto& [width, color] : {std::pair{0.56, plan.palette.accent(0)},
                                               {0.36, plan.palette.base()},
                                               {0.14, plan.palette.accent(1)}}) {
                set_color(cairo, quietened(plan, color, quiet));
                cairo_set_line_width(cairo, side * width);
                for (const bool is_far : {false, true}) {
                    const double cx = x + (is_far != is_turned ? side : 0), cy = y + (is_far ? side : 0);
                    const double from = std::atan2(y + side / 2 - cy, x + side / 2 - cx) - kTurn / 8;
                    cairo_new_path(cairo);
                    cairo_arc(cairo, cx, cy, side / 2, from - 0.01, from + kTurn / 4 + 0.01);
                    cairo_stroke(cairo);
                }
            }
        }
}

/// An uneven polygon about the origin.
void chip(cairo_t* cairo, Random& random, double size) {
    const int corners = 5 + int(random.below(3));
    const double stretch = random.uniform(0.55, 1);
    cairo_rotate(cairo, random.uniform(0, kTurn));
    cairo_new_path(cairo);
    for (int i = 0; i < corners; ++i) {
        const double angle = kTurn * (i + random.uniform(-0.28, 0.28)) / corners,
                     r = size * random.uniform(0.72, 1.08);
        cairo_line_to(cairo, std::cos(angle) * r, std::sin(angle) * r * stretch);
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

struct Spot {
    double x, y, radius;
};

/// Places that keep their distance: the largest first.
std::vector<Spot> apart(const Canvas& canvas, const Plan& plan, Random& random, int tries, double smallest,
                        double largest, double air) {
    std::vector<Spot> spots;
    for (int i = 0; i < tries; ++i) {
        const double t = double(i) / tries,
                     radius = double(canvas.unit()) * (largest + (smallest - largest) * std::sqrt(t));
        const Spot spot{random.uniform(-0.03, 1.03) * double(canvas.w()),
                        random.uniform(-0.03, 1.03) * double(canvas.h()), radius};
        const float quiet = plan.calmness(float(spot.x) / canvas.w(), float(spot.y) / canvas.h());
        if (random.chance(double(quiet) * 1.02)) continue;
        const bool is_free = std::ranges::none_of(spots, [&](const Spot& s) {
            return std::hypot(s.x - spot.x, s.y - spot.y) < (s.radius + radius) * air;
        });
        if (is_free) spots.push_back(spot);
    }
    return spots;
}

void paint_terrazzo(Canvas& canvas, const Plan& plan, Layer& layer, Random& random) {
    for (const Spot& spot : apart(canvas, plan, random, 2600, 0.004, 0.052, 1.02)) {
        const Oklab color = shaded(plan.palette.accent(random.below(plan.palette.accents.size())),
                                   float(random.uniform(-0.05, 0.06)));
        set_color(layer.cairo(), color);
        cairo_save(layer.cairo());
        cairo_translate(layer.cairo(), spot.x, spot.y);
        chip(layer.cairo(), random, spot.radius);
        cairo_restore(layer.cairo());
    }
}

void scrap(cairo_t* cairo, Random& random, double r, Oklab color) {
    set_color(cairo, color);
    cairo_set_line_width(cairo, r * 0.26);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_rotate(cairo, random.uniform(0, kTurn));
    cairo_new_path(cairo);
    switch (random.below(8)) {
        case 0:
            cairo_arc(cairo, 0, 0, r * 0.8, 0, kTurn);
            return cairo_fill(cairo);
        case 1:
            cairo_arc(cairo, 0, 0, r * 0.7, 0, kTurn);
            return cairo_stroke(cairo);
        case 2:
            cairo_move_to(cairo, 0, -r);
            cairo_line_to(cairo, r * 0.87, r * 0.5);
            cairo_line_to(cairo, -r * 0.87, r * 0.5);
            cairo_close_path(cairo);
            return cairo_fill(cairo);
        case 3:
            cairo_move_to(cairo, -r, 0);
            for (int i = 1; i <= 4; ++i)
                cairo_line_to(cairo, r * (i * 0.5 - 1), i % 2 != 0 ? -r * 0.45 : r * 0.05);
            return cairo_stroke(cairo);
        case 4:
            cairo_arc(cairo, 0, -r * 0.25, r, 0, kTurn / 2);
            return cairo_fill(cairo);
        case 5:
            for (int i = 0; i < 9; ++i) {
                cairo_new_sub_path(cairo);
                cairo_arc(cairo, r * 0.62 * (i % 3 - 1), r * 0.62 * (i / 3 - 1), r * 0.14, 0, kTurn);
            }
            return cairo_fill(cairo);
        case 6:
            cairo_move_to(cairo, -r * 0.7, 0);
            cairo_line_to(cairo, r * 0.7, 0);
            cairo_move_to(cairo, 0, -r * 0.7);
            cairo_line_to(cairo, 0, r * 0.7);
            return cairo_stroke(cairo);
        default:
            cairo_move_to(cairo, -r, 0);
            cairo_curve_to(cairo, -r * 0.6, -r, -r * 0.3, r, 0, 0);
            cairo_curve_to(cairo, r * 0.3, -r, r * 0.6, r, r, 0);
            return cairo_stroke(cairo);
    }
}

void paint_memphis(Canvas& canvas, const Plan& plan, Layer& layer, Random& random) {
    std::size_t number = 0;
    for (const Spot& spot : apart(canvas, plan, random, 900, 0.014, 0.075, 1.25)) {
        cairo_save(layer.cairo());
        cairo_translate(layer.cairo(), spot.x, spot.y);
        scrap(layer.cairo(), random, spot.radius * 0.86, plan.palette.accent(number++));
        cairo_restore(layer.cairo());
    }
}

/// Few large, see-through discs and rings: the plainest of the kinds.
void paint_circles(Canvas& canvas, const Plan& plan, Layer& layer, Random& random) {
    cairo_t* cairo = layer.cairo();
    cairo_set_operator(cairo, CAIRO_OPERATOR_OVER);
    std::size_t number = 0;
    for (const Spot& spot : apart(canvas, plan, random, 60, 0.05, 0.34, 0.62)) {
        const Oklab color = plan.palette.accent(number);
        cairo_new_path(cairo);
        cairo_arc(cairo, spot.x, spot.y, spot.radius, 0, kTurn);
        if (number++ % 3 == 2) {
            set_color(cairo, color, 0.85);
            cairo_set_line_width(cairo, std::max(1.0, spot.radius * 0.09));
            cairo_stroke(cairo);
        } else {
            set_color(cairo, color, 0.82);
            cairo_fill(cairo);
        }
    }
}

using Kind = void (*)(Canvas&, const Plan&, Layer&, Random&);

Kind kind_of(const Plan& plan, Random& random) {
    if (plan.asks_for("terrazzo")) return paint_terrazzo;
    if (plan.asks_for("truchet|mosaic|tiles|tile pattern")) return paint_truchet;
    if (plan.asks_for("bauhaus|mid century|grid pattern|art deco")) return paint_bauhaus;
    if (plan.asks_for("circles|swiss|swiss grid|typographic|quote")) return paint_circles;
    if (plan.asks_for("memphis|kids|children|shapes|playful")) return paint_memphis;
    constexpr std::array<Kind, 4> kAll{paint_bauhaus, paint_memphis, paint_circles, paint_terrazzo};
    return kAll[random.below(kAll.size())];
}

}  // namespace

void paint_geometric(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x67656f6d);
    canvas.paint_smooth(8, [&](float, float) { return plan.palette.base(); });
    Layer layer(canvas.width(), canvas.height());
    kind_of(plan, random)(canvas, plan, layer, random);
    canvas.compose(layer);
}

}  // namespace atelier::ai::builtin::art
