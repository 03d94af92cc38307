#pragma once
// Turning and mirroring.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// Degrees clockwise. Multiples of 90 are exact; any other angle is cut to the largest upright rectangle of
/// the turned picture's aspect that has no empty corner, as when a horizon is straightened.
Result<Image> rotate(const Image& image, double degrees);
/// The size `rotate` gives.
Size rotated_size(Size size, double degrees);

enum class Flip { none, horizontal, vertical, both };
Result<Image> flip(const Image& image, Flip direction);

}  // namespace atelier::imaging
