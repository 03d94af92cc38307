#pragma once
// Finding the size at which a text fills its box.

#include <optional>
#include <string>

#include "workers/imaging/text.hpp"

namespace atelier::imaging {

struct FitBox {
    double width = 0, height = 0;
    double size_min = 12, size_max = 64;  ///< ems in pixels
    int max_lines = 0;                    ///< 0: as many as the height allows
};

struct FittedText {
    TextStyle style;       ///< with the size found
    double max_width = 0;  ///< the narrowest box that keeps the number of lines: lines come out evenly long
    TextMetrics metrics;   ///< in that box
};

/// The largest size between size_min and size_max (bisected to half a pixel) at which the painted text fits
/// the box without breaking a word; nothing when not even size_min fits.
std::optional<FittedText> fit_text(const std::string& text, TextStyle style, const FitBox& box);

}  // namespace atelier::imaging
