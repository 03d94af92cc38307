#pragma once
// Colours as people write them, and how well they read on each other.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atelier::imaging {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0;
    bool operator==(const Color&) const = default;
};

inline constexpr Color kWhite{255, 255, 255};
inline constexpr Color kInk{17, 17, 17};  ///< near-black, softer than #000000 on photographs

/// `#rgb` or `#rrggbb`, either case.
std::optional<Color> parse_color(std::string_view text);
std::string to_string(Color color);

/// Relative luminance, 0…1 (WCAG 2.1).
double luminance(Color color);
/// 1…21 (WCAG 2.1).
double contrast(double luminance_a, double luminance_b);
double contrast(Color a, Color b);

}  // namespace atelier::imaging
