#pragma once
// Colours as an instruction names them, and how they are changed.

#include <optional>
#include <span>
#include <vector>

#include "common/design/model/design.hpp"
#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

/// What a phrase names: one colour, or two and more from which a gradient is made.
using Tint = std::vector<design::Color>;

/// "dark green", "#1e5f55", "our accent colour", "from red to pastel blue", "white to black gradient".
/// Nothing when any word of it means something else.
std::optional<Tint> read_tint(std::span<const Token> phrase, const design::Brand& brand);
/// Every word that names or shades a colour; those of names of two words one by one.
std::vector<std::string_view> color_words();

/// A solid paint, or a gradient from top to bottom through all of them.
design::Paint paint_of(const Tint& tint);

/// Lightness in OKLCH moved by `step` (−1…1) of what there is to black or white; hue and alpha stay.
design::Color lightened(design::Color color, double step);
/// Chroma × factor, as far as the colour stays in sRGB.
design::Color saturated(design::Color color, double factor);
/// Whether people would call the two by one name: near in hue, or both without one, and near in lightness.
bool is_called_alike(design::Color a, design::Color b);

}  // namespace atelier::ai::builtin::instructions
