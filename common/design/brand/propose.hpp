#pragma once
// A brand's colours from those of its logo.

#include <optional>
#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::design {

struct LogoColor {
    Color color;
    double share = 0;  ///< of the logo's visible pixels, 0…1
};

/// Colours for a brand (fonts, name and voice stay as they are by default). `ground` is the colour that the
/// logo lies on, where it has one of its own; it is not counted as a colour of the brand.
///
/// primary: what is both much and vivid; secondary: the next of these; accent: what is vivid and farthest
/// from primary by hue. What the logo does not have is made of primary: a lighter or darker tone, the hue
/// across. background is the logo's own ground where it is very light or very dark, else white, or
/// near-black for a logo that would not be seen on white; text reads on it at 7 : 1 or more, and primary at
/// 3 : 1 where a ground allows it. Pure; equal colours give equal brands.
Brand propose_colors(const std::vector<LogoColor>& colors, std::optional<Color> ground);

}  // namespace atelier::design
