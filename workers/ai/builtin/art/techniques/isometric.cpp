// Blocks on a lozenge grid, seen from above at the isometric angle, drawn from back to front.

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr double kTilt = 0.57735;  // tan 30°

struct Corner {
    double x, y;
};

void face(cairo_t* cairo, const std::array<Corner, 4>& corners, Oklab from, Oklab to) {
    cairo_pattern_t* fill =
        cairo_pattern_create_linear(corners[0].x, corners[0].y, corners[2].x, corners[2].y);
    add_stop(fill, 0, from);
    add_stop(fill, 1, to);
    cairo_set_source(cairo, fill);
    cairo_new_path(cairo);
    for (const Corner& corner : corners)
        cairo_line_to(cairo, corner.x, corner.y);
    cairo_close_path(cairo);
    cairo_fill_preserve(cairo);
    cairo_stroke(cairo);
    cairo_pattern_destroy(fill);
}

/// (x, y): the middle of the top face when the block has no height; `half` of its width.
void block(cairo_t* cairo, double x, double y, double half, double height, Oklab color, float contrast) {
    const double rise = half * kTilt, top = y - height;
    const double foot = y + half * 1.6;  // down past the neighbours in front
    face(cairo, {{{x - half, top}, {x, top + rise}, {x, foot + rise}, {x - half, foot}}},
         shaded(color, -0.1F * contrast), shaded(color, -0.2F * contrast));
    face(cairo, {{{x, top + rise}, {x + half, top}, {x + half, foot}, {x, foot + rise}}},
         shaded(color, -0.21F * contrast), shaded(color, -0.31F * contrast));
    face(cairo, {{{x - half, top}, {x, top - rise}, {x + half, top}, {x, top + rise}}},
         shaded(color, 0.06F * contrast), shaded(color, -0.01F * contrast));
}

}  // namespace

void paint_isometric(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x69736f);
    const Noise noise(plan.seed), hue(plan.seed ^ 7);
    canvas.paint_smooth(8, [&](float, float) { return plan.palette.base(); });
    Layer layer(canvas.width(), canvas.height());
    cairo_t* cairo = layer.cairo();
    cairo_set_line_width(cairo, 0.6);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    const double half = double(canvas.unit()) / 17, rise = half * kTilt;
    const int rows = int(canvas.h() / rise) + 12, columns = int(canvas.w() / (half * 2)) + 3;
    for (int row = -2; row < rows; ++row)
        for (int column = -1; column < columns; ++column) {
            canvas.check_stop();
            const double x = (column + (row % 2 != 0 ? 0.5 : 0.0)) * half * 2, y = row * rise;
            const float nx = float(x) / canvas.w(), ny = float(y) / canvas.h();
            const float quiet = plan.calmness(nx, std::min(ny, 1.0F));
            const float loud = 1 - quiet;
            const float wave = noise.fractal(float(x / half) * 0.13F, float(y / half) * 0.22F, 2);
            // Steps, not slopes: heights go in halves of a block.
            const double height =
                std::round(std::max(0.0, double(0.35F + wave) * 4.4 * double(loud))) * half * 0.5;
            const float pick = hue.at(float(x / half) * 0.21F + 9, float(y / half) * 0.34F);
            const bool is_spark = random.chance(0.07);
            Oklab color = mix(plan.palette.raised(0.05F), plan.palette.accent(pick > 0.12F ? 1 : 0),
                              std::clamp(0.15F + 0.75F * float(height / half) * 0.4F, 0.0F, 0.85F));
            if (is_spark) color = plan.palette.accent(2 + random.below(2));
            color = mix(plan.palette.base(), color, 0.06F + 0.94F * loud);
            block(cairo, x, y, half, height, color, 0.12F + 0.88F * loud);
        }
    canvas.compose(layer);
}

}  // namespace atelier::ai::builtin::art
