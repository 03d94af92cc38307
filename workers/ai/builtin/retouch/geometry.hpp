#pragma once
// Other sizes of a picture.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin::retouching {

/// As large a part of the picture as has the aspect of `size`, scaled to it; of all such parts the one in
/// which most happens, those in the middle preferred a little.
Result<imaging::Image> crop_to(const imaging::Image& picture, imaging::Size size);
/// The whole picture in the middle of `size`, scaled to fit, what is left filled so that it looks meant;
/// transparent where the picture lets something through.
Result<imaging::Image> extend_to(const imaging::Image& picture, imaging::Size size);

}  // namespace atelier::ai::builtin::retouching
