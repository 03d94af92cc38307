#include "common/design/model/color.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "common/json/formats.hpp"

namespace atelier::design {
namespace {

std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

double to_linear(std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
    if (!json::fits(json::Format::hex_color, text)) return std::nullopt;
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint8_t>(digit(text[i]) * 16 + digit(text[i + 1]));
    };
    return Color{byte(1), byte(3), byte(5), text.size() == 9 ? byte(7) : std::uint8_t{255}};
}

std::string to_string(Color color) {
    char text[10];
    std::snprintf(text, sizeof text, "#%02x%02x%02x%02x", color.r, color.g, color.b, color.a);
    return color.a == 255 ? std::string(text, 7) : text;
}

Color over(Color top, Color ground, double opacity) {
    const double a = top.a / 255.0 * opacity;
    const auto channel = [&](std::uint8_t t, std::uint8_t g) { return to_byte(g + (t - g) * a); };
    return {channel(top.r, ground.r), channel(top.g, ground.g), channel(top.b, ground.b), 255};
}

Color mix(Color from, Color to, double t) {
    const auto channel = [&](std::uint8_t f, std::uint8_t g) { return to_byte(f + (g - f) * t); };
    return {channel(from.r, to.r), channel(from.g, to.g), channel(from.b, to.b), channel(from.a, to.a)};
}

double luminance(Color color) {
    return 0.2126 * to_linear(color.r) + 0.7152 * to_linear(color.g) + 0.0722 * to_linear(color.b);
}

double contrast(Color a, Color b) {
    const double l = luminance(a), m = luminance(b);
    return (std::max(l, m) + 0.05) / (std::min(l, m) + 0.05);
}

}  // namespace atelier::design
