#include "workers/ai/builtin/art/stage.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/motif.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

/// Where the members of a group stand, relative to a square around the middle: x, y, side.
struct Place {
    float x, y, side;
};
std::vector<Place> places(std::size_t count) {
    switch (count) {
        case 0:
        case 1:
            return {{0, 0, 1}};
        case 2:
            return {{-0.12F, -0.05F, 0.78F}, {0.31F, 0.22F, 0.42F}};
        case 3:
            return {{0, -0.08F, 0.76F}, {-0.32F, 0.24F, 0.4F}, {0.32F, 0.25F, 0.38F}};
        default:
            return {{0, -0.1F, 0.72F}, {-0.34F, 0.2F, 0.36F}, {0.34F, 0.22F, 0.36F}, {0.06F, 0.33F, 0.28F}};
    }
}

void draw_group(Layer& layer, const Plan& plan, float x, float y, float side) {
    const std::vector<Place> at = places(plan.subjects.size());
    for (std::size_t i = 0; i < std::max<std::size_t>(plan.subjects.size(), 1); ++i) {
        const Place& place = at[std::min(i, at.size() - 1)];
        const float s = side * place.side;
        draw_motif(layer, plan, i, x + place.x * side - s / 2, y + place.y * side - s / 2, s);
    }
}

void draw_ellipse(cairo_t* cairo, double x, double y, double rx, double ry) {
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, rx, ry);
    cairo_new_path(cairo);
    cairo_arc(cairo, 0, 0, 1, 0, 6.283185307);
    cairo_restore(cairo);
}

/// A round podium: a lit top over a side that darkens away from the light.
void draw_podium(Layer& layer, const Plan& plan, const Stage& stage) {
    cairo_t* cairo = layer.cairo();
    const double rx = stage.side * 0.6, ry = rx * 0.2, height = stage.side * 0.13;
    const Oklab body = plan.palette.is_dark ? mix(plan.palette.raised(0.1F), plan.palette.accent(0), 0.15F)
                                            : mix(plan.palette.base(), plan.palette.accent(0), 0.35F);
    cairo_pattern_t* side = cairo_pattern_create_linear(stage.x - rx, 0, stage.x + rx, 0);
    add_stop(side, 0, shaded(body, -0.08F));
    add_stop(side, 0.35, shaded(body, 0.03F));
    add_stop(side, 1, shaded(body, -0.13F));
    cairo_set_source(cairo, side);
    draw_ellipse(cairo, stage.x, stage.floor + height, rx, ry);
    cairo_fill(cairo);
    cairo_rectangle(cairo, stage.x - rx, stage.floor, rx * 2, height);
    cairo_fill(cairo);
    cairo_pattern_destroy(side);
    cairo_pattern_t* top =
        cairo_pattern_create_linear(stage.x - rx, stage.floor - ry, stage.x + rx, stage.floor + ry);
    add_stop(top, 0, shaded(body, 0.12F));
    add_stop(top, 1, shaded(body, 0.02F));
    cairo_set_source(cairo, top);
    draw_ellipse(cairo, stage.x, stage.floor, rx, ry);
    cairo_fill(cairo);
    cairo_pattern_destroy(top);
    if (plan.palette.is_dark) {
        draw_ellipse(cairo, stage.x, stage.floor, rx - 1, ry - 1);
        set_color(cairo, plan.palette.accent(0), 0.75);
        cairo_set_line_width(cairo, std::max(1.0, stage.side * 0.005));
        cairo_stroke(cairo);
    }
}

void contact_shadow(Canvas& canvas, float x, float y, float rx, float opacity) {
    Layer pool(canvas.width(), canvas.height());
    set_color(pool.cairo(), {0, 0, 0});
    draw_ellipse(pool.cairo(), x, y, rx, rx * 0.13);
    cairo_fill(pool.cairo());
    canvas.cast_shadow(pool, 0, 0, rx * 0.12F, {0.06F, 0, 0}, opacity);
}

void halo(Canvas& canvas, const Plan& plan, const Stage& stage) {
    const Oklab light = shaded(dimmed_hue(plan.palette.accent(0), 0.6F), 0.05F);
    const float reach = stage.side * 0.62F;
    canvas.shine(light, [&](float x, float y) {
        const float d = std::hypot(x - stage.x, y - stage.y) / reach;
        return d > 2.4F ? 0 : 0.55F * std::exp(-1.7F * d * d);
    });
}

/// What is patterned all over would fight with the thing in front: there it steps back to the ground.
void quieten(Canvas& canvas, const Plan& plan, const Stage& stage) {
    constexpr auto kPatterned =
        std::to_array<std::string_view>({"botanical", "geometric", "halftone", "isometric", "celebration"});
    if (std::ranges::find(kPatterned, plan.technique->name) == kPatterned.end()) return;
    const float reach = stage.side * 0.62F;
    canvas.tint(plan.palette.base(), [&](float x, float y) {
        const float d = std::hypot(x - stage.x, y - stage.y) / reach;
        return d > 2 ? 0 : 0.82F * std::exp(-1.5F * d * d * d * d);
    });
}

}  // namespace

Stage stage_of(const Canvas& canvas, const Plan& plan) {
    const float w = canvas.w(), h = canvas.h();
    // In a strip the thing may take most of the height.
    const float share = std::max(w, h) > 1.8F * std::min(w, h) ? 0.8F : 0.58F;
    Stage stage{w / 2, h * 0.48F, std::min(w, h) * share, 0};
    if (plan.calm == Side::left || plan.calm == Side::right) {
        stage.x = plan.calm == Side::left ? w * 0.73F : w * 0.27F;
        stage.side = std::min(w * 0.42F, h * 0.62F);
    } else if (plan.calm == Side::top || plan.calm == Side::bottom) {
        stage.y = plan.calm == Side::top ? h * 0.66F : h * 0.3F;
        stage.side = std::min(w * 0.6F, h * 0.44F);
    }
    stage.floor = std::min(stage.y + stage.side * 0.48F, h * 0.94F);
    return stage;
}

void paint_on_stage(Canvas& canvas, const Plan& plan) {
    const Stage stage = stage_of(canvas, plan);
    const bool has_podium = plan.technique->name == "studio";
    quieten(canvas, plan, stage);
    if (plan.treatment == Treatment::glow) halo(canvas, plan, stage);
    if (has_podium) {
        Layer podium(canvas.width(), canvas.height());
        draw_podium(podium, plan, stage);
        contact_shadow(canvas, stage.x + stage.side * 0.06F, stage.floor + stage.side * 0.16F,
                       stage.side * 0.68F, 0.5F);
        canvas.compose(podium);
    }
    Layer group(canvas.width(), canvas.height());
    draw_group(group, plan, stage.x, stage.floor - stage.side * 0.47F, stage.side);
    contact_shadow(canvas, stage.x, stage.floor, stage.side * 0.36F, has_podium ? 0.5F : 0.32F);
    canvas.cast_shadow(group, 0, stage.side * 0.02F, stage.side * 0.03F, {0.08F, 0, 0}, 0.3F);
    canvas.compose(group);
}

void paint_motifs(Canvas& canvas, const Plan& plan) {
    Random random(plan.seed, 0x6d6f746966);
    canvas.paint_smooth(4, [&](float x, float y) {
        return plan.palette.ground_shade(0.03F * (0.5F - (x + y) / (canvas.w() + canvas.h())));
    });
    // A brick bond with a little play, so that it is even but not ruled.
    const float cell = canvas.unit() * 0.19F;
    Layer sheet(canvas.width(), canvas.height());
    std::size_t number = 0;
    for (int row = -1; float(row) * cell * 0.86F < canvas.h() + cell; ++row)
        for (int column = -1; float(column) * cell < canvas.w() + cell; ++column, ++number) {
            canvas.check_stop();
            const float x =
                (float(column) + (row % 2 != 0 ? 0.5F : 0) + float(random.uniform(-0.08, 0.08))) * cell;
            const float y = (float(row) * 0.86F + float(random.uniform(-0.08, 0.08))) * cell;
            const float side = cell * float(random.uniform(0.4, 0.62)),
                        turn = float(random.uniform(-0.4, 0.4));
            const float quiet = plan.calmness(x / canvas.w(), y / canvas.h());
            if (quiet > 0.75F) continue;
            draw_turned_motif(sheet, plan, number, x, y, side, turn, 1 - 0.9 * double(quiet));
        }
    canvas.cast_shadow(sheet, 0, cell * 0.03F, cell * 0.04F, {0.1F, 0, 0}, 0.22F);
    canvas.compose(sheet);
}

Layer cut_out(int width, int height, const Plan& plan) {
    const float side = float(std::min(width, height)) * 0.9F;
    const float x = float(width) / 2, y = float(height) / 2 - side * 0.01F;
    Layer group(width, height);
    draw_group(group, plan, x, y, side);
    Layer out(width, height);
    if (plan.treatment == Treatment::glow) {
        out.draw(group.shadow(0, 0, side * 0.045F, shaded(plan.palette.accent(0), 0.05F), 0.85F));
        out.draw(group.shadow(0, 0, side * 0.014F, shaded(plan.palette.accent(0), 0.12F), 0.6F));
    } else {
        out.draw(group.shadow(0, side * 0.022F, side * 0.022F, {0.05F, 0, 0}, 0.28F));
    }
    out.draw(group);
    return out;
}

}  // namespace atelier::ai::builtin::art
