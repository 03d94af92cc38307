#pragma once
// Private to workers/imaging: mixing pictures by a mask.

#include <algorithm>

#include "workers/imaging/color.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {

/// base + (over - base) × mask; the mask has one band of 0…1 floats and all have one size. Keeps base's alpha
/// out: base and over have three bands.
inline vips::VImage blend(const vips::VImage& base, const vips::VImage& over, const vips::VImage& mask) {
    const vips::VImage floats = base.cast(VIPS_FORMAT_FLOAT);
    return (floats + (over - floats) * mask)
        .rint()
        .cast(VIPS_FORMAT_UCHAR)
        .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

inline vips::VImage plain(int width, int height, Color c) {
    return (vips::VImage::black(width, height, vips::VImage::option()->set("bands", 3)) +
            std::vector<double>{double(c.r), double(c.g), double(c.b)})
        .cast(VIPS_FORMAT_UCHAR)
        .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

inline Rect clip(Rect r, Size canvas) {
    const int x = std::clamp(r.x, 0, canvas.width), y = std::clamp(r.y, 0, canvas.height);
    return {x, y, std::clamp(r.right(), x, canvas.width) - x, std::clamp(r.bottom(), y, canvas.height) - y};
}

}  // namespace atelier::imaging
