#include "workers/imaging/color.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace atelier::imaging {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

double to_linear(std::uint8_t value) {
    static const auto table = [] {
        std::array<double, 256> t{};
        for (int i = 0; i < 256; ++i) {
            const double v = i / 255.0;
            t[i] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        }
        return t;
    }();
    return table[value];
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
    if ((text.size() != 4 && text.size() != 7) || text[0] != '#') return std::nullopt;
    std::array<int, 6> digits{};
    const bool is_short = text.size() == 4;
    for (std::size_t i = 0; i < 6; ++i) {
        digits[i] = hex_digit(text[1 + (is_short ? i / 2 : i)]);
        if (digits[i] < 0) return std::nullopt;
    }
    const auto byte = [&](int i) { return static_cast<std::uint8_t>(digits[i] * 16 + digits[i + 1]); };
    return Color{byte(0), byte(2), byte(4)};
}

std::string to_string(Color color) {
    char text[8];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", color.r, color.g, color.b);
    return text;
}

double luminance(Color color) {
    return 0.2126 * to_linear(color.r) + 0.7152 * to_linear(color.g) + 0.0722 * to_linear(color.b);
}

double contrast(double a, double b) {
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

double contrast(Color a, Color b) {
    return contrast(luminance(a), luminance(b));
}

}  // namespace atelier::imaging
