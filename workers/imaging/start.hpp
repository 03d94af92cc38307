#pragma once
// Starting libvips for strangers' pictures.

#include <cstddef>

#include "common/errors/error.hpp"

namespace atelier::imaging {

struct ImagingSettings {
    int threads_per_picture = 1;  ///< workers scale by slots and processes, not inside one picture
    int cached_operations = 0;    ///< decoded photos are kept by DecodedCache, not by libvips
    std::size_t cached_bytes = 32 * 1024 * 1024;  ///< most that cached operations may hold
};

/// Call once before anything else of this folder; later calls do nothing. Only the JPEG, PNG and WebP loaders
/// are open afterwards: every other format that libvips could read (GIF, TIFF, SVG, HEIF, PDF, ImageMagick's,
/// …) is refused. Error: internal when libvips cannot start.
Result<void> init(const ImagingSettings& settings = {});

}  // namespace atelier::imaging
