#pragma once
// Where a photo goes on a format's canvas: pure geometry, no pixels.
//
// A plan either crops (the canvas is filled from the photo alone) or extends (a part of the photo is placed
// on the canvas and the rest is ground). It never distorts. Equal requests give equal plans.

#include <string>
#include <string_view>
#include <vector>

#include "common/elements/element.hpp"

namespace atelier::adaptation {

using elements::Box;
using elements::Ranked;

/// Beyond this scale a photo is only enlarged when all of it is too small for the canvas; Plan::is_upscaled
/// says so.
inline constexpr double kMaxUpscale = 2.0;

/// What a kept line of text or product stands off the border of the canvas, in parts of its shorter side;
/// less only where the photo itself has less.
inline constexpr double kEdgeMargin = 0.03;

/// Where text will stand, so that the subject keeps out of its way.
enum class TextSide { none, top, bottom, left, right };

struct LayoutRequest {
    double photo_width = 0, photo_height = 0;  ///< upright original
    int width = 0, height = 0;                 ///< canvas
    std::vector<Ranked> elements;              ///< boxes in pixels of the upright original, weights sum to 1
    bool may_zoom = true;                      ///< false keeps as much of the photo as the aspect allows
    TextSide text_side = TextSide::none;
};

enum class Strategy { crop, extend };
std::string_view to_string(Strategy strategy);

struct Point {
    double x = 0, y = 0;
};

struct Kept {
    std::size_t index = 0;  ///< into LayoutRequest::elements
    double fraction = 0;    ///< of the element's box that the canvas shows, 0…1
};

struct Plan {
    Strategy strategy = Strategy::crop;
    Box crop;                  ///< the part of the photo that is used, in its pixels
    Box placement;             ///< where it lands, in canvas pixels: whole numbers, inside the canvas
    double scale = 1;          ///< canvas pixels for one photo pixel
    bool is_upscaled = false;  ///< scale > 1
    std::vector<Kept> kept;    ///< one for every element, in their order
    double kept_weight = 0;    ///< Σ weight × fraction; 1 without elements
    double score = 0;          ///< of the chosen crop; only comparable within one photo and canvas
    std::string why;           ///< one sentence for people
};

/// `photo_*`, `width` and `height` must be positive.
Plan plan(const LayoutRequest& request);

/// A box of the photo on the canvas, cut to what is shown (width or height 0 when it is not).
Box on_canvas(const Plan& plan, const Box& box);

}  // namespace atelier::adaptation
