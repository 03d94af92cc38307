#pragma once
// Laying a picture (a logo) over another.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// `over` (its alpha respected) scaled evenly to `width` pixels with its corner at (x, y); what hangs over
/// the edge is cut. `opacity` 0…1. `base` must have no alpha.
Result<Image> overlay(const Image& base, const Image& over, int x, int y, int width, double opacity);

}  // namespace atelier::imaging
