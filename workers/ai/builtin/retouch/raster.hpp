#pragma once
// A picture as numbers to work on.

#include <vector>

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin::retouching {

/// sRGB as it is stored, 0…1, straight: r g b a pixel. `alpha` is empty where nothing shows through.
struct Raster {
    int width = 0, height = 0;
    std::vector<float> rgb;
    std::vector<float> alpha;

    std::size_t count() const { return std::size_t(width) * height; }
    float* at(int x, int y) { return &rgb[(std::size_t(y) * width + x) * 3]; }
    const float* at(int x, int y) const { return &rgb[(std::size_t(y) * width + x) * 3]; }
    int shorter() const { return width < height ? width : height; }
    int longer() const { return width < height ? height : width; }
};

Result<Raster> to_raster(const imaging::Image& image);
/// Values are clamped to 0…1.
Result<imaging::Image> to_image(const Raster& raster);

/// Rec. 709 luma of the stored values.
inline float luma(const float* rgb) {
    return 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
}
std::vector<float> lumas(const Raster& raster);
/// The luma below which `share` (0…1) of the pixels lie.
float percentile(const std::vector<float>& values, double share);

/// Gaussian, by three box filters (Wells, 1986); transparent pixels lend no colour.
void soften(Raster& raster, double sigma);
void soften(std::vector<float>& plane, int width, int height, double sigma);

/// 0…1, the same for a place on every machine: splitmix64 of it.
float noise_at(int x, int y, unsigned salt);

}  // namespace atelier::ai::builtin::retouching
