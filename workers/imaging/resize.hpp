#pragma once
// Shrinking, enlarging and cutting out.
//
// Lanczos3 in gamma-encoded sRGB: linear light is truer for fine bright detail on black, but overshoots
// visibly at dark edges and takes about twice the time; every other web tool works in sRGB and photographs
// show no difference. Transparent pictures are premultiplied first, so no dark fringes appear.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// To exactly this size; stretches when the aspect differs.
Result<Image> resize(const Image& image, Size size);
/// As large as fits into max_side × max_side; never enlarges.
Result<Image> fit_within(const Image& image, int max_side);
Result<Image> extract(const Image& image, Rect area);
/// Cuts out `region` and scales it evenly to exactly `size`, placed exactly (with
/// alpha to half an output pixel). The region must
/// have the aspect of `size` (to a pixel) and is moved inside the picture where rounding put it outside.
Result<Image> resample(const Image& image, Region region, Size size);
/// At half its size, rounded up, computed now and kept the way the picture is kept.
Result<Image> halved(const Image& image);
/// Computes the pixels now, as RGB, so that several readers do not compute them again.
Result<Image> in_memory(const Image& image);

}  // namespace atelier::imaging
