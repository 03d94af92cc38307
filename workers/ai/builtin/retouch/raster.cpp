#include "workers/ai/builtin/retouch/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "workers/imaging/premultiplied.hpp"

namespace atelier::ai::builtin::retouching {
namespace {

/// One line of `length` values, `step` apart: each the mean of 2·radius+1 around it, the border repeated.
void box_line(const float* from, float* to, int length, std::size_t step, int radius) {
    const float share = 1.0f / float(2 * radius + 1);
    const auto value = [&](int i) { return from[std::size_t(std::clamp(i, 0, length - 1)) * step]; };
    double sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += value(i);
    for (int i = 0; i < length; ++i) {
        to[std::size_t(i) * step] = float(sum) * share;
        sum += value(i + radius + 1) - value(i - radius);
    }
}

/// Radii of three boxes whose variances add up to that of the Gaussian.
std::array<int, 3> radii_of(double sigma) {
    const double ideal = std::sqrt(12 * sigma * sigma / 3 + 1);
    int lower = int(ideal);
    if (lower % 2 == 0) --lower;
    const double wide = (12 * sigma * sigma - 3.0 * lower * lower - 12.0 * lower - 9) / (-4.0 * lower - 4);
    std::array<int, 3> radii{};
    for (int i = 0; i < 3; ++i)
        radii[i] = std::max(0, (i < int(std::lround(wide)) ? lower : lower + 2) / 2);
    return radii;
}

}  // namespace

Result<Raster> to_raster(const imaging::Image& image) {
    auto pixels = imaging::to_premultiplied(image);
    if (!pixels) return pixels.error();
    Raster out{pixels->size.width, pixels->size.height, {}, {}};
    out.rgb.resize(out.count() * 3);
    if (pixels->has_alpha) out.alpha.resize(out.count());
    for (std::size_t i = 0; i < out.count(); ++i) {
        const std::uint32_t value = pixels->values[i], a = value >> 24;
        const float scale = a == 0 ? 0 : 1.0f / float(a);
        for (int c = 0; c < 3; ++c)
            out.rgb[i * 3 + c] = std::min(1.0f, float(value >> (16 - 8 * c) & 255) * scale);
        if (pixels->has_alpha) out.alpha[i] = float(a) / 255;
    }
    return out;
}

Result<imaging::Image> to_image(const Raster& raster) {
    std::vector<std::uint32_t> values(raster.count());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float a = raster.alpha.empty() ? 1 : std::clamp(raster.alpha[i], 0.0f, 1.0f);
        std::uint32_t value = std::uint32_t(std::lround(a * 255)) << 24;
        for (int c = 0; c < 3; ++c)
            value |= std::uint32_t(std::lround(std::clamp(raster.rgb[i * 3 + c], 0.0f, 1.0f) * a * 255))
                     << (16 - 8 * c);
        values[i] = value;
    }
    return imaging::from_premultiplied(values.data(), {raster.width, raster.height},
                                       std::size_t(raster.width));
}

std::vector<float> lumas(const Raster& raster) {
    std::vector<float> out(raster.count());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = luma(&raster.rgb[i * 3]);
    return out;
}

float percentile(const std::vector<float>& values, double share) {
    std::array<std::size_t, 256> bins{};
    for (const float value : values)
        ++bins[std::size_t(std::clamp(value, 0.0f, 1.0f) * 255)];
    const auto wanted = std::size_t(share * double(values.size()));
    std::size_t sum = 0;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        sum += bins[i];
        if (sum > wanted) return float(i) / 255;
    }
    return 1;
}

void soften(std::vector<float>& plane, int width, int height, double sigma) {
    if (sigma < 0.3) return;
    std::vector<float> other(plane.size());
    for (const int radius : radii_of(sigma)) {
        if (radius == 0) continue;
        for (int y = 0; y < height; ++y)
            box_line(&plane[std::size_t(y) * width], &other[std::size_t(y) * width], width, 1, radius);
        for (int x = 0; x < width; ++x)
            box_line(&other[x], &plane[x], height, std::size_t(width), radius);
    }
}

void soften(Raster& raster, double sigma) {
    const bool has_alpha = !raster.alpha.empty();
    std::vector<float> alpha = raster.alpha;
    if (has_alpha) soften(alpha, raster.width, raster.height, sigma);
    std::vector<float> plane(raster.count());
    for (int c = 0; c < 3; ++c) {
        for (std::size_t i = 0; i < plane.size(); ++i)
            plane[i] = raster.rgb[i * 3 + c] * (has_alpha ? raster.alpha[i] : 1);
        soften(plane, raster.width, raster.height, sigma);
        for (std::size_t i = 0; i < plane.size(); ++i)
            raster.rgb[i * 3 + c] = has_alpha ? (alpha[i] > 0.002f ? plane[i] / alpha[i] : 0) : plane[i];
    }
    if (has_alpha) raster.alpha = std::move(alpha);
}

float noise_at(int x, int y, unsigned salt) {
    std::uint64_t z =
        (std::uint64_t(std::uint32_t(x)) << 32 | std::uint32_t(y)) + salt * 0x9e3779b97f4a7c15ull;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    z ^= z >> 31;
    return float(z >> 40) / float(1 << 24);
}

}  // namespace atelier::ai::builtin::retouching
