#pragma once
// Pictures ↔ plain pixels.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::imaging {

struct ScaledPixels {
    Pixels pixels;
    double scale = 1;  ///< sampled / picture: divide a position in `pixels` by it to get one in the picture
};

/// The whole picture with its longer side at most `max_side`; alpha is laid over white.
Result<ScaledPixels> to_pixels(const Image& image, int max_side);
/// A part of the picture averaged down so that one sample stands for about cell × cell pixels. `area` must
/// lie inside.
Result<Pixels> sample_area(const Image& image, Rect area, int cell);
Result<Image> from_pixels(const Pixels& pixels);

}  // namespace atelier::imaging
