#include "tests/unit/workers/adaptation/design/support/distance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"

namespace atelier::adaptation::design_render::testing {
namespace {

using Lab = std::array<double, 3>;

double linear(double value) {
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double cube_root(double t) {
    return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/// sRGB under D65 (IEC 61966-2-1, CIE 15).
Lab lab_of(const std::array<double, 3>& rgb) {
    const double r = linear(rgb[0]), g = linear(rgb[1]), b = linear(rgb[2]);
    const double x = cube_root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const double y = cube_root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const double z = cube_root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

imaging::Pixels pixels_of(const imaging::Image& image) {
    auto sampled = imaging::to_pixels(image, std::max(image.width(), image.height()));
    REQUIRE(sampled.has_value());
    return sampled->pixels;
}

Lab cell(const imaging::Pixels& pixels, int x, int y) {
    std::array<double, 3> sum{};
    for (int dy = 0; dy < 2; ++dy)
        for (int dx = 0; dx < 2; ++dx)
            for (int c = 0; c < 3; ++c)
                sum[c] += pixels.rgb[(std::size_t(2 * y + dy) * pixels.width + 2 * x + dx) * 3 + c] / 4.0;
    return lab_of(sum);
}

}  // namespace

Distance distance(const imaging::Image& a, const imaging::Image& b) {
    auto same_size = imaging::resize(b, a.size());
    REQUIRE(same_size.has_value());
    const imaging::Pixels first = pixels_of(a), second = pixels_of(*same_size);
    constexpr int kTile = 16;
    const int columns = first.width / 2, rows = first.height / 2;
    Distance out;
    double all = 0;
    for (int top = 0; top < rows; top += kTile)
        for (int left = 0; left < columns; left += kTile) {
            double sum = 0;
            int count = 0;
            for (int y = top; y < std::min(rows, top + kTile); ++y)
                for (int x = left; x < std::min(columns, left + kTile); ++x, ++count) {
                    const Lab p = cell(first, x, y), q = cell(second, x, y);
                    sum += std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
                }
            all += sum;
            if (count >= kTile * kTile / 4) out.worst = std::max(out.worst, sum / count);
        }
    out.mean = all / (double(columns) * rows);
    return out;
}

}  // namespace atelier::adaptation::design_render::testing
