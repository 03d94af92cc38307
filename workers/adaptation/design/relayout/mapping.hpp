#pragma once
// Private to design/: moving layers from one canvas to another.

#include <vector>

#include "workers/adaptation/design/relayout/parts.hpp"

namespace atelier::adaptation::design_render {

struct Size {
    double width = 0, height = 0;
};

/// Where the sheet (sheet_of) of the old canvas lies on the new one.
design::Box map_sheet(const design::Box& sheet, Size from, Size to);

/// A ground covers the new canvas, a frame runs along its edges, a stripe along its edge.
void map_ground(design::Layer& layer, const Part& part, Size from, Size to, double factor);

/// The whole design, larger or smaller, where the new canvas has nearly the old one's shape: what it has more
/// in one direction goes into the gaps between the parts.
void stretch(design::Design& design, const std::vector<Part>& parts, Size from, Size to);

/// Whether what the new canvas has more has gaps to go into; not where all is one piece that reaches an edge.
bool gaps_can_grow(const std::vector<Part>& parts, Size from, Size to);

/// Sizes and places in the model to a hundredth of a pixel.
design::Box rounded(const design::Box& box);

}  // namespace atelier::adaptation::design_render
