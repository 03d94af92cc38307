#include "workers/adaptation/design/blur.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace atelier::adaptation::design_render {
namespace {

/// Widths of three boxes whose variances add up to sigma's; all odd, so that nothing shifts.
std::array<int, 3> box_widths(double sigma) {
    const double ideal = std::sqrt(12 * sigma * sigma / 3 + 1);
    int lower = int(ideal);
    if (lower % 2 == 0) --lower;
    const double remaining = 12 * sigma * sigma - 3.0 * lower * lower - 12.0 * lower - 9;
    const int narrow = int(std::lround(remaining / (-4.0 * lower - 4)));
    std::array<int, 3> out{};
    for (int i = 0; i < 3; ++i)
        out[i] = i < narrow ? lower : lower + 2;
    return out;
}

/// One line of values that lie `step` apart, averaged over `width` of them.
void box_blur(std::uint8_t* line, int count, std::size_t step, int width, std::vector<std::uint8_t>& copy) {
    const int reach = width / 2;
    for (int i = 0; i < count; ++i)
        copy[i] = line[i * step];
    unsigned sum = 0;
    for (int i = 0; i < std::min(reach, count); ++i)
        sum += copy[i];
    const unsigned half = width / 2;
    for (int i = 0; i < count; ++i) {
        if (i + reach < count) sum += copy[i + reach];
        line[i * step] = std::uint8_t((sum + half) / width);
        if (i >= reach) sum -= copy[i - reach];
    }
}

}  // namespace

void blur(std::uint8_t* coverage, int width, int height, std::size_t stride, double sigma) {
    if (sigma < 0.2) return;
    std::vector<std::uint8_t> copy(std::size_t(std::max(width, height)));
    for (const int box : box_widths(sigma)) {
        if (box < 2) continue;
        for (int y = 0; y < height; ++y)
            box_blur(coverage + y * stride, width, 1, box, copy);
        for (int x = 0; x < width; ++x)
            box_blur(coverage + x, height, stride, box, copy);
    }
}

}  // namespace atelier::adaptation::design_render
