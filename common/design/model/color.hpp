#pragma once
// Colours of a design: sRGB with straight alpha, and how well they read on each other.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atelier::design {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(const Color&) const = default;
};

/// Reads the canonical form only: `#rrggbb`, or `#rrggbbaa` where alpha is not ff, in lower case.
std::optional<Color> parse_color(std::string_view text);
/// The canonical form.
std::string to_string(Color color);

/// `top` painted with `opacity` (0…1) on `ground`, which counts as opaque.
Color over(Color top, Color ground, double opacity = 1);
/// A point between two colours, alpha included; `t` 0…1.
Color mix(Color from, Color to, double t);

/// Relative luminance, 0…1 (WCAG 2.1); alpha plays no part.
double luminance(Color color);
/// 1…21 (WCAG 2.1).
double contrast(Color a, Color b);

}  // namespace atelier::design
