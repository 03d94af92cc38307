#pragma once
// Private to design/: a design put together anew for a canvas of another shape.

#include <vector>

#include "workers/adaptation/design/relayout/mapping.hpp"

namespace atelier::adaptation::design_render {

/// Its image to one side, its message to the other, as they stood to each other; a strip has the call to
/// action at its end. What has no room at a size that can be read is hidden, the least important first.
void compose(design::Design& design, const std::vector<Part>& parts, Size from, Size to);

}  // namespace atelier::adaptation::design_render
