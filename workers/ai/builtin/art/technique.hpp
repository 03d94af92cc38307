#pragma once
// The techniques: how each is called and painted. One file each.

#include <span>
#include <string_view>

namespace atelier::ai::builtin::art {

class Canvas;
struct Plan;

struct Technique {
    std::string_view name;
    void (*paint)(Canvas&, const Plan&);
    /// Words and phrases of a prompt that ask for it, separated by `|`. A phrase of several words counts more
    /// than a word; equal ones count in the order of the table.
    std::string_view words;
    /// Words of an occasion, tone or style that it suits, when the prompt names no technique.
    std::string_view suits;
};

std::span<const Technique> techniques();

void paint_gradient_mesh(Canvas& canvas, const Plan& plan);
void paint_flow(Canvas& canvas, const Plan& plan);
void paint_bokeh(Canvas& canvas, const Plan& plan);
void paint_low_poly(Canvas& canvas, const Plan& plan);
void paint_paper_cut(Canvas& canvas, const Plan& plan);
void paint_isometric(Canvas& canvas, const Plan& plan);
void paint_halftone(Canvas& canvas, const Plan& plan);
void paint_botanical(Canvas& canvas, const Plan& plan);
void paint_geometric(Canvas& canvas, const Plan& plan);
void paint_rays(Canvas& canvas, const Plan& plan);
void paint_celebration(Canvas& canvas, const Plan& plan);
void paint_silk(Canvas& canvas, const Plan& plan);
void paint_studio(Canvas& canvas, const Plan& plan);
void paint_marble(Canvas& canvas, const Plan& plan);
void paint_sky(Canvas& canvas, const Plan& plan);
void paint_landscape(Canvas& canvas, const Plan& plan);
void paint_skyline(Canvas& canvas, const Plan& plan);

}  // namespace atelier::ai::builtin::art
