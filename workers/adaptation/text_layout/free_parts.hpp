#pragma once
// What is left of a region around the things that must not be covered.

#include <vector>

#include "common/elements/element.hpp"

namespace atelier::adaptation {

using elements::Box;

/// Rectangles inside `region` that meet none of `obstacles` and are at least min_width × min_height. With no
/// obstacle in the way that is the region itself. They may overlap each other; their order is deterministic.
std::vector<Box> free_parts(const Box& region, const std::vector<Box>& obstacles, double min_width,
                            double min_height);

}  // namespace atelier::adaptation
