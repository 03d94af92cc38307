#pragma once
// Putting a picture on a larger canvas and filling what is left so that it looks meant.

#include <optional>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "workers/imaging/color.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

enum class Fill {
    automatic,  ///< edge where the borders are plain, otherwise blur
    blur,       ///< the border carried on softly, melting into an enlarged blurred copy of itself
    mirror,     ///< the picture mirrored, as sharp as it is
    edge,       ///< the colours along the border carried on, smoother the farther out
    color,      ///< one colour: the given one, else that of the border; the picture keeps a clean edge
};
std::string_view to_string(Fill fill);
std::optional<Fill> parse_fill(std::string_view name);

struct ExtendOptions {
    Fill fill = Fill::automatic;
    std::optional<Color> color;  ///< for Fill::color; else the border decides
    std::vector<Color>
        palette;  ///< for Fill::color: the one nearest to the border is taken, when there is any
};

struct Extended {
    Image image;
    Fill used = Fill::blur;  ///< never automatic
};

/// Places `picture` with its corner at (x, y) on a canvas that it does not leave. Neither may have alpha.
Result<Extended> extend(const Image& picture, Size canvas, int x, int y, const ExtendOptions& options);

/// How plain the border on the sides that `extend` would fill is: mean deviation from the smoothed border, in
/// levels. Below kPlainBorder a seam does not show.
Result<double> border_roughness(const Image& picture, Size canvas, int x, int y);
inline constexpr double kPlainBorder = 6;

}  // namespace atelier::imaging
