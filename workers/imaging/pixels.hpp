#pragma once
// Plain pixels, so that imaging (libvips) and vision (OpenCV) meet without seeing each other's headers.

#include <cstdint>
#include <vector>

namespace atelier::imaging {

/// Upright, sRGB, 8 bits a channel, interleaved R G B, rows without padding.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;  ///< width * height * 3 bytes
};

}  // namespace atelier::imaging
