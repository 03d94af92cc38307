#pragma once
// Shapes that carry no message: dots, sparkles, waves, confetti. All are decorations.

#include "workers/ai/builtin/compose/sheet.hpp"

namespace atelier::ai::builtin::layout {

std::vector<design::Point> star_points(int points, double depth);
/// A four-pointed glint.
void sparkle(Sheet& sheet, design::Point middle, double size, design::Color color);
void dot_grid(Sheet& sheet, design::Box box, int columns, int rows, design::Color color, double diameter);
/// Rays from a point to beyond the box, every second one painted.
void sunburst(Sheet& sheet, design::Point middle, double radius, int rays, design::Color color, double alpha);
/// A ground whose upper edge swings; `swing` in fractions of the box's height.
void wave(Sheet& sheet, design::Box box, design::Color color, double swing, double phase);
/// Small shapes strewn over the canvas, but not over what is kept clear.
void confetti(Sheet& sheet, const std::vector<design::Box>& clear, int count,
              const std::vector<design::Color>& colors);
/// What the tone calls for at the edges of a flat ground: confetti, sparkles, discs or dots; sparse.
void edge_ornaments(Sheet& sheet, const std::vector<design::Box>& clear, const Surface& on);

}  // namespace atelier::ai::builtin::layout
