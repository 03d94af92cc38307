#pragma once
// Private to workers/imaging: libvips behind Image, and its exceptions turned into Results at one place.

#include <exception>
#include <type_traits>
#include <utility>
#include <variant>
#include <vips/vips8>

#include "common/errors/error.hpp"
#include "workers/imaging/ycc.hpp"

namespace atelier::imaging {

struct Image::Impl {
    std::variant<vips::VImage, YccView> pixels;
};

inline Image wrap(vips::VImage image) {
    return Image(std::make_shared<const Image::Impl>(Image::Impl{std::move(image)}));
}

inline Image wrap(YccView view) {
    return Image(std::make_shared<const Image::Impl>(Image::Impl{std::move(view)}));
}

/// Nothing when the picture is RGB.
inline const YccView* ycc_of(const Image& image) {
    return std::get_if<YccView>(&image.impl().pixels);
}

/// A picture over a copy of `data`: width × height × bands values, rows without padding.
inline vips::VImage from_memory(const void* data, int width, int height, int bands, VipsBandFormat format) {
    const std::size_t bytes = std::size_t(width) * height * bands * vips_format_sizeof(format);
    VipsImage* image = vips_image_new_from_memory_copy(data, bytes, width, height, bands, format);
    if (!image) throw vips::VError();
    return vips::VImage(image);
}

/// The picture as RGB; of a Ycc picture the pixels are computed in every call. May throw.
inline vips::VImage unwrap(const Image& image) {
    if (const YccView* view = ycc_of(image)) return to_rgb(*view);
    return std::get<vips::VImage>(image.impl().pixels);
}

/// Runs `work`; what libvips throws becomes an internal error that begins with `what`.
template <class Work>
auto guarded(const char* what, Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        return work();
    } catch (const vips::VError& e) {
        vips_error_clear();
        return internal(std::string(what) + ": " + e.what());
    } catch (const std::exception& e) {
        return internal(std::string(what) + ": " + e.what());
    }
}

}  // namespace atelier::imaging
