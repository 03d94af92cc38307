#pragma once
// Masks: grey pictures that say where something is to be done, white where it is.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// White everywhere but in `kept`, which is black. As large as `canvas`.
Result<Image> mask_outside(Size canvas, const Rect& kept);

/// The picture with alpha: clear where the mask, scaled to it, is white, as it was where the mask is black.
Result<Image> clear_where(const Image& picture, const Image& mask);

}  // namespace atelier::imaging
