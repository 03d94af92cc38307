#pragma once
// Pictures ↔ pixels as cairo keeps them, so that a renderer needs no libvips.

#include <cstdint>
#include <vector>

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// One 32-bit value a pixel, 0xAARRGGBB in the machine's byte order, colours multiplied by alpha; rows
/// without padding. Without alpha the upper byte is ff.
struct Premultiplied {
    Size size;
    bool has_alpha = false;
    std::vector<std::uint32_t> values;
};

Result<Premultiplied> to_premultiplied(const Image& image);

/// `stride` in values. The picture has alpha only when a pixel lets something through.
Result<Image> from_premultiplied(const std::uint32_t* values, Size size, std::size_t stride);

}  // namespace atelier::imaging
