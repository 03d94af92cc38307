#pragma once
// Measuring how well text reads on the pixels behind it, and choosing the colour and veil that make it
// readable.

#include <optional>
#include <vector>

#include "workers/imaging/color.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::adaptation {

inline constexpr double kMinimumContrast = 4.5;  ///< WCAG 2.1 AA

/// Of `color` on the least favourable sample; samples stand for areas about as large as a stroke is wide.
double worst_contrast(imaging::Color color, const imaging::Pixels& samples);

/// White unless near-black reads better and white does not reach kMinimumContrast.
imaging::Color readable_color(const imaging::Pixels& samples);
/// White or near-black, whichever stands further from `color`: the veil for text of that colour.
bool wants_dark_veil(imaging::Color color);
/// The mean of the samples, darkened (or lightened) until text on it is readable: a veil that belongs to the
/// picture.
imaging::Color veil_color(const imaging::Pixels& samples, bool is_dark);
/// The smallest opacity of `veil` at which `color` reaches kMinimumContrast everywhere; nothing when none
/// does.
std::optional<double> veil_opacity(imaging::Color color, imaging::Color veil, const imaging::Pixels& samples);

}  // namespace atelier::adaptation
