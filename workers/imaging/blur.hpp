#pragma once
// Blurring.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// So strong that nothing on the picture can be read or recognised: about a dozen soft patches of colour
/// remain, and no sharpening brings the rest back, since it was averaged away first.
Result<Image> blur_beyond_recognition(const Image& image);

}  // namespace atelier::imaging
