#include "workers/ai/builtin/art/noise.hpp"

#include <cmath>
#include <utility>

#include "workers/ai/builtin/art/random.hpp"

namespace atelier::ai::builtin::art {
namespace {

struct Slope {
    float x, y;
};
constexpr float kDiagonal = 0.70710678F;
constexpr std::array<Slope, 8> kSlopes{{{1, 0},
                                        {-1, 0},
                                        {0, 1},
                                        {0, -1},
                                        {kDiagonal, kDiagonal},
                                        {-kDiagonal, kDiagonal},
                                        {kDiagonal, -kDiagonal},
                                        {-kDiagonal, -kDiagonal}}};
constexpr float kToUnit = 1.5F;  // gradient noise of unit slopes stays within ±0.7

float fade(float t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
}

}  // namespace

Noise::Noise(std::uint64_t seed) {
    for (std::size_t i = 0; i < 256; ++i)
        order_[i] = std::uint8_t(i);
    Random random(seed, 0x6e6f697365);
    for (std::size_t i = 255; i > 0; --i)
        std::swap(order_[i], order_[random.below(i + 1)]);
    for (std::size_t i = 0; i < 256; ++i)
        order_[i + 256] = order_[i];
}

float Noise::at(float x, float y) const {
    const float left = std::floor(x), top = std::floor(y);
    const float u = x - left, v = y - top;
    const unsigned i = unsigned(int(left)) & 255U, j = unsigned(int(top)) & 255U;
    const auto corner = [&](unsigned di, unsigned dj) {
        const Slope& slope = kSlopes[order_[order_[(i + di) & 255U] + ((j + dj) & 255U)] & 7U];
        return slope.x * (u - float(di)) + slope.y * (v - float(dj));
    };
    const float s = fade(u), t = fade(v);
    const float upper = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * s;
    const float lower = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * s;
    return kToUnit * (upper + (lower - upper) * t);
}

float Noise::fractal(float x, float y, int octaves) const {
    float sum = 0, weight = 1, total = 0;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * at(x, y);
        total += weight;
        weight /= 2;
        x = x * 2 + 17.3F;
        y = y * 2 + 5.9F;
    }
    return sum / total * 1.3F;
}

}  // namespace atelier::ai::builtin::art
