#include "workers/ai/builtin/compose/oklch.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::ai::builtin::layout {
namespace {

constexpr double kPi = 3.14159265358979323846;
using Rgb = std::array<double, 3>;

double to_linear(double v) {
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double from_linear(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

Rgb linear_rgb(const Oklab& lab) {
    const double l = std::pow(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool is_in_range(const Rgb& rgb) {
    constexpr double kSlack = 1e-4;
    return std::all_of(rgb.begin(), rgb.end(), [](double v) { return v >= -kSlack && v <= 1 + kSlack; });
}

std::uint8_t byte_of(double linear) {
    return std::uint8_t(std::lround(std::clamp(from_linear(std::clamp(linear, 0.0, 1.0)), 0.0, 1.0) * 255));
}

}  // namespace

Oklab to_oklab(design::Color color) {
    const double r = to_linear(color.r / 255.0), g = to_linear(color.g / 255.0),
                 b = to_linear(color.b / 255.0);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Oklch to_oklch(Oklab lab) {
    const double hue = std::atan2(lab.b, lab.a) * 180 / kPi;
    return {lab.l, std::hypot(lab.a, lab.b), hue < 0 ? hue + 360 : hue};
}

Oklab to_oklab(const Oklch& lch) {
    return {lch.l, lch.c * std::cos(lch.h * kPi / 180), lch.c * std::sin(lch.h * kPi / 180)};
}

Oklch to_oklch(design::Color color) {
    return to_oklch(to_oklab(color));
}

bool is_in_srgb(const Oklch& color) {
    return is_in_range(linear_rgb(to_oklab(color)));
}

design::Color to_srgb(Oklch color) {
    color.l = std::clamp(color.l, 0.0, 1.0);
    color.c = std::max(0.0, color.c);
    if (!is_in_srgb(color)) {
        double inside = 0, outside = color.c;
        for (int i = 0; i < 20; ++i) {
            color.c = (inside + outside) / 2;
            (is_in_srgb(color) ? inside : outside) = color.c;
        }
        color.c = inside;
    }
    const Rgb rgb = linear_rgb(to_oklab(color));
    return {byte_of(rgb[0]), byte_of(rgb[1]), byte_of(rgb[2]), 255};
}

double hue_distance(double a, double b) {
    const double gap = std::fmod(std::abs(a - b), 360);
    return std::min(gap, 360 - gap);
}

double distance(design::Color a, design::Color b) {
    const Oklab x = to_oklab(a), y = to_oklab(b);
    return std::hypot(x.l - y.l, std::hypot(x.a - y.a, x.b - y.b));
}

design::Color readable_on(design::Color color, design::Color ground, double contrast) {
    if (design::contrast(color, ground) >= contrast) return color;
    const design::Color white{255, 255, 255, 255}, black{0, 0, 0, 255};
    const bool goes_up = design::contrast(white, ground) > design::contrast(black, ground);
    Oklch moved = to_oklch(color);
    for (int i = 0; i < 50; ++i) {
        moved.l += goes_up ? 0.02 : -0.02;
        if (moved.l <= 0 || moved.l >= 1) break;
        const design::Color found = to_srgb(moved);
        if (design::contrast(found, ground) >= contrast) return found;
    }
    return goes_up ? white : black;
}

}  // namespace atelier::ai::builtin::layout
