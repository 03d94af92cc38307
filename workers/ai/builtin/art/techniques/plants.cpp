#include "workers/ai/builtin/art/techniques/plants.hpp"

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/layer.hpp"
#include "workers/ai/builtin/art/palette.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr double kTurn = 6.283185307;

void fill_along(cairo_t* cairo, double length, Oklab from, Oklab to) {
    cairo_pattern_t* fill = cairo_pattern_create_linear(0, 0, length, 0);
    add_stop(fill, 0, from);
    add_stop(fill, 1, to);
    cairo_set_source(cairo, fill);
    cairo_fill(cairo);
    cairo_pattern_destroy(fill);
}

void leaf_outline(cairo_t* cairo, double length, double half) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, 0, 0);
    cairo_curve_to(cairo, length * 0.25, -half * 1.35, length * 0.7, -half * 1.05, length, 0);
    cairo_curve_to(cairo, length * 0.7, half * 1.05, length * 0.25, half * 1.35, 0, 0);
    cairo_close_path(cairo);
}

/// One half a shade darker than the other, with a vein between: a leaf catches light on one side.
void draw_leaf(cairo_t* cairo, double length, double half, Oklab color) {
    leaf_outline(cairo, length, half);
    fill_along(cairo, length, shaded(color, -0.035F), shaded(color, 0.05F));
    cairo_new_path(cairo);
    cairo_move_to(cairo, 0, 0);
    cairo_curve_to(cairo, length * 0.25, half * 1.35, length * 0.7, half * 1.05, length, 0);
    cairo_close_path(cairo);
    set_color(cairo, shaded(color, -0.09F), 0.4);
    cairo_fill(cairo);
    cairo_move_to(cairo, length * 0.06, 0);
    cairo_line_to(cairo, length * 0.86, 0);
    set_color(cairo, shaded(color, 0.1F), 0.5);
    cairo_set_line_width(cairo, std::max(0.6, half * 0.06));
    cairo_stroke(cairo);
}

void draw_petal(cairo_t* cairo, double length, double half, Oklab color) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, 0, 0);
    cairo_curve_to(cairo, length * 0.35, -half * 1.5, length * 1.02, -half * 1.15, length, -half * 0.06);
    cairo_line_to(cairo, length * 0.97, 0);
    cairo_line_to(cairo, length, half * 0.06);
    cairo_curve_to(cairo, length * 1.02, half * 1.15, length * 0.35, half * 1.5, 0, 0);
    cairo_close_path(cairo);
    fill_along(cairo, length, shaded(color, -0.1F), shaded(color, 0.04F));
}

}  // namespace

void draw_sprig(cairo_t* cairo, Random& random, double length, double bend, Oklab color, LeafShape shape) {
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_new_path(cairo);
    cairo_move_to(cairo, 0, 0);
    cairo_curve_to(cairo, length * 0.35, 0, length * 0.7, length * bend * 0.5, length, length * bend);
    set_color(cairo, shaded(color, -0.08F));
    cairo_set_line_width(cairo, std::max(0.8, length * 0.013));
    cairo_stroke(cairo);
    const int pairs = shape == LeafShape::slender ? 11 : 7;
    const double size = shape == LeafShape::slender ? 0.25 : shape == LeafShape::round ? 0.17 : 0.24;
    const double fullness = shape == LeafShape::slender ? 0.13 : shape == LeafShape::round ? 0.5 : 0.24;
    for (int i = 0; i <= pairs; ++i) {
        const double t = 0.14 + 0.86 * i / pairs, y = length * bend * t * t;
        const double direction = std::atan(2 * bend * t);
        // Leaves shrink towards the tip, and the last one ends the stem.
        const double leaf = length * size * (1.15 - 0.55 * t) * random.uniform(0.88, 1.1);
        for (const int side : {-1, 1}) {
            const bool is_last = i == pairs;
            const double angle = direction + (is_last ? 0 : side * random.uniform(0.62, 0.95));
            cairo_save(cairo);
            cairo_translate(cairo, length * t, y);
            cairo_rotate(cairo, angle);
            draw_leaf(cairo, leaf, leaf * fullness, shaded(color, float(random.uniform(-0.04, 0.04))));
            cairo_restore(cairo);
            if (is_last) break;
        }
    }
}

void draw_palm(cairo_t* cairo, Random& random, double length, double bend, Oklab color) {
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    const int leaflets = 17;
    for (int i = 0; i <= leaflets; ++i) {
        const double t = 0.12 + 0.86 * i / leaflets, y = length * bend * t * t;
        const double reach = length * 0.46 * std::sin(0.35 + t * 2.5) * random.uniform(0.94, 1.05);
        for (const int side : {-1, 1}) {
            cairo_save(cairo);
            cairo_translate(cairo, length * t, y);
            cairo_rotate(cairo, std::atan(2 * bend * t) + side * (1.15 - 0.72 * t));
            draw_leaf(cairo, reach, reach * 0.062, shaded(color, side > 0 ? -0.04F : 0.03F));
            cairo_restore(cairo);
        }
    }
    cairo_new_path(cairo);
    cairo_move_to(cairo, 0, 0);
    cairo_curve_to(cairo, length * 0.35, 0, length * 0.7, length * bend * 0.5, length, length * bend);
    set_color(cairo, shaded(color, 0.07F));
    cairo_set_line_width(cairo, std::max(0.8, length * 0.01));
    cairo_stroke(cairo);
}

void draw_monstera(cairo_t* cairo, Random& random, double length, Oklab color) {
    // A heart whose rim is cut in towards the midrib, lobe by lobe.
    const int lobes = 6;
    const double half = length * random.uniform(0.42, 0.5);
    const auto rim = [&](double t) { return half * std::sin(std::pow(t, 0.62) * 3.0) * 1.04; };
    cairo_new_path(cairo);
    cairo_move_to(cairo, length * 0.08, 0);
    for (const int side : {-1, 1})
        for (int i = 0; i < lobes; ++i) {
            const int lobe = side < 0 ? i : lobes - 1 - i;
            const double t0 = (lobe + 0.12) / lobes, t1 = (lobe + 0.9) / lobes, cut = (lobe + 1.0) / lobes;
            const double a = side < 0 ? t0 : t1, b = side < 0 ? t1 : t0;
            const double notch = side < 0 ? cut : double(lobe) / lobes;
            cairo_line_to(cairo, length * (a * 0.92 + 0.06), side * rim(a));
            cairo_curve_to(cairo, length * ((a + b) / 2 + 0.02), side * rim((a + b) / 2) * 1.1,
                           length * (b + 0.03), side * rim(b) * 1.06, length * (b * 0.94 + 0.07),
                           side * rim(b));
            const double inner = notch >= 0.99 || notch <= 0.01 ? 0 : rim(notch) * 0.42;
            cairo_curve_to(cairo, length * (b * 0.9 + 0.05), side * rim(b) * 0.75, length * notch * 0.9,
                           side * inner * 1.2, length * (notch * 0.86 + 0.06), side * inner);
        }
    cairo_close_path(cairo);
    fill_along(cairo, length, shaded(color, -0.06F), shaded(color, 0.05F));
    set_color(cairo, shaded(color, 0.1F), 0.7);
    cairo_set_line_width(cairo, std::max(0.8, length * 0.011));
    cairo_move_to(cairo, -length * 0.2, 0);
    cairo_line_to(cairo, length * 0.95, 0);
    for (int i = 0; i < lobes; ++i)
        for (const int side : {-1, 1}) {
            const double t = (i + 0.3) / lobes;
            cairo_move_to(cairo, length * t * 0.9, 0);
            cairo_line_to(cairo, length * (t * 0.9 + 0.14), side * rim(std::min(1.0, t + 0.1)) * 0.72);
        }
    cairo_stroke(cairo);
}

void draw_flower(cairo_t* cairo, Random& random, double radius, Oklab petals, Oklab heart) {
    cairo_save(cairo);
    cairo_rotate(cairo, random.uniform(0, kTurn));
    const int kind = int(random.below(3));
    // Round five-petalled, daisy, or full like a peony: rings of petals, each smaller and lighter.
    const int rings = kind == 2 ? 4 : kind == 0 ? 2 : 1, count = kind == 1 ? 13 : kind == 2 ? 8 : 5;
    for (int ring = 0; ring < rings; ++ring) {
        const double reach = radius * (1 - 0.22 * ring);
        const double half = kind == 1 ? reach * 0.13 : reach * (kind == 2 ? 0.3 : 0.4);
        for (int i = 0; i < count; ++i) {
            cairo_save(cairo);
            cairo_rotate(cairo, kTurn * (i + 0.5 * ring) / count + random.uniform(-0.05, 0.05));
            draw_petal(cairo, reach * random.uniform(0.94, 1.04), half,
                       shaded(petals, float(random.uniform(-0.025, 0.025)) + 0.045F * float(ring)));
            cairo_restore(cairo);
        }
    }
    cairo_new_path(cairo);
    cairo_arc(cairo, 0, 0, radius * (kind == 1 ? 0.26 : 0.15), 0, kTurn);
    set_color(cairo, heart);
    cairo_fill(cairo);
    for (int i = 0; i < 14; ++i) {
        const double angle = kTurn * i / 14, r = radius * (kind == 1 ? 0.2 : 0.21) * random.uniform(0.7, 1.1);
        cairo_new_path(cairo);
        cairo_arc(cairo, std::cos(angle) * r, std::sin(angle) * r, radius * 0.024, 0, kTurn);
        set_color(cairo, shaded(heart, i % 2 != 0 ? -0.12F : 0.08F));
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

}  // namespace atelier::ai::builtin::art
