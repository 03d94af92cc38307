#include "workers/ai/builtin/color/oklab.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::ai::builtin {
namespace {

constexpr float kDegree = 3.14159265358979F / 180;

float linear(std::uint8_t channel) {
    const float v = channel / 255.0F;
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

float stored(float v) {
    return v <= 0.0031308F ? v * 12.92F : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
}

/// linear() of every byte.
const std::array<float, 256>& linear_table() {
    static const auto table = [] {
        std::array<float, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = linear(std::uint8_t(i));
        return values;
    }();
    return table;
}

/// stored() of √t-spaced values: fine steps where the curve is steep.
constexpr int kSteps = 2048;
const std::array<float, kSteps + 2>& stored_table() {
    static const auto table = [] {
        std::array<float, kSteps + 2> values{};
        for (int i = 0; i < kSteps + 2; ++i) {
            const float root = float(i) / kSteps;
            values[std::size_t(i)] = stored(root * root);
        }
        return values;
    }();
    return table;
}

struct Linear {
    float r, g, b;
};

Linear to_linear(Oklab c) {
    const float l = c.l + 0.3963377774F * c.a + 0.2158037573F * c.b;
    const float m = c.l - 0.1055613458F * c.a - 0.0638541728F * c.b;
    const float s = c.l - 0.0894841775F * c.a - 1.2914855480F * c.b;
    const float l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return {4.0767416621F * l3 - 3.3077115913F * m3 + 0.2309699292F * s3,
            -1.2684380046F * l3 + 2.6097574011F * m3 - 0.3413193965F * s3,
            -0.0041960863F * l3 - 0.7034186147F * m3 + 1.7076147010F * s3};
}

bool fits(Linear c) {
    constexpr float kSlack = 0.0005F;
    const auto inside = [](float v) { return v >= -kSlack && v <= 1 + kSlack; };
    return inside(c.r) && inside(c.g) && inside(c.b);
}

std::uint8_t byte(float v) {
    return std::uint8_t(std::lround(stored(std::clamp(v, 0.0F, 1.0F)) * 255));
}

}  // namespace

Oklab to_oklab(design::Color color) {
    const auto& table = linear_table();
    const float r = table[color.r], g = table[color.g], b = table[color.b];
    const float l = std::cbrt(0.4122214708F * r + 0.5363325363F * g + 0.0514459929F * b);
    const float m = std::cbrt(0.2119034982F * r + 0.6806995451F * g + 0.1073969566F * b);
    const float s = std::cbrt(0.0883024619F * r + 0.2817188376F * g + 0.6299787005F * b);
    return {0.2104542553F * l + 0.7936177850F * m - 0.0040720468F * s,
            1.9779984951F * l - 2.4285922050F * m + 0.4505937099F * s,
            0.0259040371F * l + 0.7827717662F * m - 0.8086757660F * s};
}

Oklab to_oklab(Oklch c) {
    return {c.l, c.chroma * std::cos(c.hue * kDegree), c.chroma * std::sin(c.hue * kDegree)};
}

Oklch to_oklch(Oklab c) {
    const float hue = std::atan2(c.b, c.a) / kDegree;
    return {c.l, std::hypot(c.a, c.b), hue < 0 ? hue + 360 : hue};
}

Oklch to_oklch(design::Color color) {
    return to_oklch(to_oklab(color));
}

Rgb to_rgb(Oklab color) {
    const auto& table = stored_table();
    const auto channel = [&](float v) {
        const float at = std::sqrt(std::clamp(v, 0.0F, 1.0F)) * kSteps;
        const int i = int(at);
        return table[std::size_t(i)] + (table[std::size_t(i) + 1] - table[std::size_t(i)]) * (at - float(i));
    };
    const Linear c = to_linear(color);
    return {channel(c.r), channel(c.g), channel(c.b)};
}

design::Color to_color(Oklch color) {
    color.l = std::clamp(color.l, 0.0F, 1.0F);
    if (!fits(to_linear(to_oklab(color)))) {
        float low = 0, high = color.chroma;
        for (int i = 0; i < 16; ++i) {
            color.chroma = (low + high) / 2;
            (fits(to_linear(to_oklab(color))) ? low : high) = color.chroma;
        }
        color.chroma = low;
    }
    const Linear c = to_linear(to_oklab(color));
    return {byte(c.r), byte(c.g), byte(c.b), 255};
}

Oklab mix(Oklab from, Oklab to, float t) {
    return {from.l + (to.l - from.l) * t, from.a + (to.a - from.a) * t, from.b + (to.b - from.b) * t};
}

float hue_distance(float a, float b) {
    const float d = std::fmod(std::abs(a - b), 360.0F);
    return d > 180 ? 360 - d : d;
}

}  // namespace atelier::ai::builtin
