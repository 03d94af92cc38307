#pragma once
// Private to fabric/: where Fabric sets the lines of a block and where a design does.
//
// A design's line is as high as its largest text times the line height and holds the font's ascent and
// descent in its middle. Fabric knows no fonts: its line is 1.13 em high, its baseline 0.222 of that above
// the line's end, and the line height adds below the line, not below the last one.

#include <string_view>

#include "common/design/model/design.hpp"

namespace atelier::design::fabric {

/// Fabric's line height of 1, in em.
inline constexpr double kFabricLine = 1.13;

/// How far Fabric's block has to be moved down so that its first baseline (for `top`), its last (`bottom`) or
/// the middle between both (`middle`) lies where the design has it. Pixels. `size` is the text's, as Fabric
/// shows it.
double block_shift(VerticalAlign align, std::string_view family, double size, double line_height);

/// Height of a block of Fabric's.
double block_height(double size, double line_height, int lines);

}  // namespace atelier::design::fabric
