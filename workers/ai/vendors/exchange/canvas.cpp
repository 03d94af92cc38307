#include "workers/ai/vendors/exchange/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/extend.hpp"
#include "workers/imaging/mask.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::ai {
namespace {

Failure unreadable(std::string_view vendor_id) {
    return {FailureKind::permanent, std::string(vendor_id) + " was to edit a picture that cannot be read"};
}

Result<EncodedImage> png_of(const imaging::Image& image) {
    auto encoded = imaging::encode(image, {.content_type = "image/png"});
    if (!encoded) return encoded.error();
    return EncodedImage{std::move(encoded->bytes), "image/png"};
}

/// Continued from its own borders, so that the model sees where the picture goes on.
Result<Canvas> drawn(const EncodedImage& picture, PixelSize size) {
    auto given = imaging::decode(picture.bytes);
    if (!given) return given.error();
    const double scale =
        std::min(double(size.width) / given->image.width(), double(size.height) / given->image.height());
    const auto fitted = [&](int side, int most) {
        return std::clamp(static_cast<int>(std::lround(side * scale)), 1, most);
    };
    const imaging::Size inner{fitted(given->image.width(), size.width),
                              fitted(given->image.height(), size.height)};
    auto resized = imaging::resize(given->image, inner);
    if (!resized) return resized.error();
    const imaging::Rect kept{(size.width - inner.width) / 2, (size.height - inner.height) / 2, inner.width,
                             inner.height};
    auto extended = imaging::extend(*resized, {size.width, size.height}, kept.x, kept.y, {});
    if (!extended) return extended.error();
    auto mask = imaging::mask_outside({size.width, size.height}, kept);
    if (!mask) return mask.error();
    auto canvas = png_of(extended->image), mask_png = png_of(*mask);
    if (!canvas) return canvas.error();
    if (!mask_png) return mask_png.error();
    return Canvas{std::move(*canvas), std::move(*mask_png)};
}

Result<EncodedImage> cleared(const EncodedImage& picture, const EncodedImage& mask) {
    auto base = imaging::decode(picture.bytes);
    if (!base) return base.error();
    auto where = imaging::decode(mask.bytes);
    if (!where) return where.error();
    auto clear = imaging::clear_where(base->image, where->image);
    if (!clear) return clear.error();
    return png_of(*clear);
}

}  // namespace

Answered<Canvas> canvas_for(const EncodedImage& picture, PixelSize size, std::string_view vendor_id) {
    auto canvas = drawn(picture, size);
    if (!canvas) return unreadable(vendor_id);
    return std::move(*canvas);
}

Answered<EncodedImage> clear_mask(const EncodedImage& picture, const EncodedImage& mask,
                                  std::string_view vendor_id) {
    auto clear = cleared(picture, mask);
    if (!clear) return unreadable(vendor_id);
    return std::move(*clear);
}

}  // namespace atelier::ai
