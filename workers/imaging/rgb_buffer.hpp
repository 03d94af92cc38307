#pragma once
// Private to workers/imaging: memory for an RGB picture, which libvips takes over without a copy.

#include <glib.h>

#include <cstdint>
#include <memory>
#include <new>
#include <vips/vips8>

#include "workers/imaging/image.hpp"

namespace atelier::imaging {

class RgbBuffer {
  public:
    explicit RgbBuffer(Size size)
        : size_(size), values_(static_cast<std::uint8_t*>(g_try_malloc(bytes())), g_free) {
        if (!values_) throw std::bad_alloc();
    }
    std::uint8_t* row(int y) { return values_.get() + std::size_t(y) * size_.width * 3; }

    /// The buffer is empty afterwards.
    vips::VImage take() {
        const vips::VImage image = vips::VImage::new_from_memory_steal(values_.get(), bytes(), size_.width,
                                                                       size_.height, 3, VIPS_FORMAT_UCHAR);
        values_.release();
        return image.copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    }

  private:
    std::size_t bytes() const { return std::size_t(size_.width) * size_.height * 3; }

    Size size_;
    std::unique_ptr<std::uint8_t, decltype(&g_free)> values_;
};

}  // namespace atelier::imaging
