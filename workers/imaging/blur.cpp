#include "workers/imaging/blur.hpp"

#include "workers/imaging/resize.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

constexpr int kPatches = 16;    ///< along the longer side, before smoothing
constexpr double kSigma = 1.2;  ///< in patches

}  // namespace

Result<Image> blur_beyond_recognition(const Image& image) {
    auto patches = fit_within(image, kPatches);
    if (!patches) return patches;
    auto smooth =
        guarded("blur", [&] { return wrap(unwrap(*patches).gaussblur(kSigma).cast(VIPS_FORMAT_UCHAR)); });
    if (!smooth) return smooth;
    return resize(*smooth, image.size());
}

}  // namespace atelier::imaging
