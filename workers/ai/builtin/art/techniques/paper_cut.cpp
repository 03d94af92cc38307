// Sheets of paper with waved edges, one behind the other, each with its soft shadow.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/noise.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

constexpr int kSheets = 6;

/// Which edge the sheets rise from: opposite the calm one, else the bottom.
Side rising_edge(Side calm) {
    switch (calm) {
        case Side::left:
            return Side::right;
        case Side::right:
            return Side::left;
        case Side::bottom:
            return Side::top;
        default:
            return Side::bottom;
    }
}

struct Wave {
    double phase, length, depth, drift;
};

/// Draws in a frame whose sheets rise from the bottom; `across` × `along` is that frame's size.
void draw_sheet(cairo_t* cairo, double across, double along, double level, const Wave& wave) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, -2, along + 2);
    constexpr int kPoints = 96;
    for (int i = 0; i <= kPoints; ++i) {
        const double t = double(i) / kPoints;
        const double swing = std::sin(wave.phase + t * wave.length) +
                             0.42 * std::sin(wave.phase * 2.7 + t * wave.length * 1.9);
        cairo_line_to(cairo, -2 + t * (across + 4),
                      along * (1 - level) - wave.depth * swing + wave.drift * (t - 0.5));
    }
    cairo_line_to(cairo, across + 2, along + 2);
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

void turn_to(cairo_t* cairo, Side edge, double width, double height) {
    if (edge == Side::top) {
        cairo_translate(cairo, width, height);
        cairo_rotate(cairo, 3.14159265358979);
    } else if (edge == Side::left) {
        cairo_translate(cairo, width, 0);
        cairo_rotate(cairo, 1.5707963267949);
    } else if (edge == Side::right) {
        cairo_translate(cairo, 0, height);
        cairo_rotate(cairo, -1.5707963267949);
    }
}

Oklab sheet_color(const Plan& plan, int i) {
    // From the ground's neighbour at the back to the strongest colour in front.
    const float t = float(i + 1) / kSheets;
    const Oklab far = plan.palette.raised(0.07F);
    const Oklab near = plan.palette.accent(std::size_t(i) * plan.palette.accents.size() / kSheets);
    return mix(far, near, 0.25F + 0.75F * t);
}

}  // namespace

void paint_paper_cut(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x7061706572);
    const Noise fibre(plan.seed);
    const Side edge = rising_edge(plan.calm);
    const bool is_upright = edge == Side::top || edge == Side::bottom;
    const double across = is_upright ? canvas.w() : canvas.h(), along = is_upright ? canvas.h() : canvas.w();
    const double unit = canvas.unit();
    canvas.paint_smooth(
        4, [&](float, float y) { return plan.palette.ground_shade(0.03F * (0.5F - y / canvas.h())); });
    const double top = plan.calm == Side::middle ? 0.4 : 0.62;
    for (int i = 0; i < kSheets; ++i) {
        Layer sheet(canvas.width(), canvas.height());
        turn_to(sheet.cairo(), edge, canvas.w(), canvas.h());
        set_color(sheet.cairo(), sheet_color(plan, i));
        const Wave wave{random.uniform(0, 6.28),
                        random.uniform(3.4, 6.2) * std::clamp(across / unit, 0.7, 2.2),
                        std::min(unit * 0.05, along * 0.08) * random.uniform(0.7, 1.3),
                        random.uniform(-0.16, 0.16) * along};
        draw_sheet(sheet.cairo(), across, along, top * (1 - double(i) / kSheets) + 0.04, wave);
        const float lift = float(unit) * 0.012F;
        canvas.cast_shadow(sheet, 0, -lift * 0.4F, float(unit) * 0.022F, {0.12F, 0, 0}, 0.34F);
        canvas.cast_shadow(sheet, 0, -lift * 0.2F, float(unit) * 0.005F, {0.12F, 0, 0}, 0.2F);
        canvas.compose(sheet);
    }
    // Paper is not quite even.
    const float scale = 90 / canvas.unit();
    canvas.tint({1, 0, 0},
                [&](float x, float y) { return 0.02F + 0.02F * fibre.at(x * scale, y * scale * 2); });
}

}  // namespace atelier::ai::builtin::art
