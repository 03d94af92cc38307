#pragma once
// Where a picture's subject stands, and the subjects themselves: cut out, staged, or scattered as a pattern.

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/layer.hpp"

namespace atelier::ai::builtin::art {

struct Plan;

/// Pixels: the middle of the subject, the side of its square and where it touches the floor.
struct Stage {
    float x = 0, y = 0, side = 0, floor = 0;
};

/// Away from the calm side, else in the middle.
Stage stage_of(const Canvas& canvas, const Plan& plan);

/// Podium or disc, shadow on the floor, the plan's subjects.
void paint_on_stage(Canvas& canvas, const Plan& plan);

/// Many small subjects in tinted colours, on a ground.
void paint_motifs(Canvas& canvas, const Plan& plan);

/// The plan's subjects alone, with a soft shadow; without subjects an emblem in the palette's colours.
Layer cut_out(int width, int height, const Plan& plan);

}  // namespace atelier::ai::builtin::art
