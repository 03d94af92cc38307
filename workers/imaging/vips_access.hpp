#pragma once
// Private to workers/imaging: libvips behind Image, and its exceptions turned into Results at one place.

#include <exception>
#include <type_traits>
#include <utility>
#include <vips/vips8>

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

struct Image::Impl {
    vips::VImage vips;
};

inline Image wrap(vips::VImage image) {
    return Image(std::make_shared<const Image::Impl>(Image::Impl{std::move(image)}));
}

/// A picture over a copy of `data`: width × height × bands values, rows without padding.
inline vips::VImage from_memory(const void* data, int width, int height, int bands, VipsBandFormat format) {
    const std::size_t bytes = std::size_t(width) * height * bands * vips_format_sizeof(format);
    VipsImage* image = vips_image_new_from_memory_copy(data, bytes, width, height, bands, format);
    if (!image) throw vips::VError();
    return vips::VImage(image);
}

inline const vips::VImage& unwrap(const Image& image) {
    return image.impl().vips;
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
