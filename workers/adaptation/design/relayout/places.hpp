#pragma once
// Private to design/: where on a canvas the image goes and where the message.

#include <vector>

#include "workers/adaptation/design/relayout/art.hpp"

namespace atelier::adaptation::design_render {

/// Of the sheet, on which the image lies; none: there is no image, or it is the ground.
enum class Side { none, left, top, right, bottom };

struct Places {
    design::Box art, message;
    Side side = Side::none;
};

/// How image and message stood to each other.
struct Arrangement {
    design::Box image, message;  ///< on the old canvas
    bool has_picture = false;    ///< the image is more than shapes
    bool is_panel = false;       ///< it is one plain panel
    bool is_rtl = false;
};

/// Beside each other and one above the other, as they stood to each other; only one of them where the new
/// canvas leaves no choice.
std::vector<Side> sides_of(const Arrangement& arrangement, Size from, Size to);

/// As much of the sheet as the image needs at full width or height, within reason; a bare panel needs less.
double natural_share(const Arrangement& arrangement, const design::Box& sheet, Side side);

Places divided(const design::Box& sheet, Side side, double share);

}  // namespace atelier::adaptation::design_render
