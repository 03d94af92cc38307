#include "workers/adaptation/design/relayout/places.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation::design_render {

using design::Box;

std::vector<Side> sides_of(const Arrangement& arrangement, Size from, Size to) {
    const design::Point image = arrangement.image.middle(), message = arrangement.message.middle();
    const double dx = (image.x - message.x) / from.width, dy = (image.y - message.y) / from.height;
    const bool is_left = dx < -0.08 || (std::abs(dx) <= 0.08 && arrangement.is_rtl);
    const Side beside = is_left ? Side::left : Side::right;
    // A panel without a picture closes the design, a picture opens it.
    const bool is_below = dy > 0.08 || (!arrangement.has_picture && dx > 0.25);
    const Side above = is_below ? Side::bottom : Side::top;
    const double shape = to.width / to.height;
    if (shape > 1.6) return {beside};
    if (shape < 0.7) return {above};
    return std::abs(dx) > std::abs(dy) ? std::vector{beside, above} : std::vector{above, beside};
}

Places divided(const Box& sheet, Side side, double share) {
    Places out{sheet, sheet, side};
    const double width = sheet.width * share, height = sheet.height * share;
    switch (side) {
        case Side::none:
            break;
        case Side::left:
            out.art.width = width;
            out.message = {sheet.x + width, sheet.y, sheet.width - width, sheet.height};
            break;
        case Side::right:
            out.art = {sheet.right() - width, sheet.y, width, sheet.height};
            out.message.width = sheet.width - width;
            break;
        case Side::top:
            out.art.height = height;
            out.message = {sheet.x, sheet.y + height, sheet.width, sheet.height - height};
            break;
        case Side::bottom:
            out.art = {sheet.x, sheet.bottom() - height, sheet.width, height};
            out.message.height = sheet.height - height;
    }
    return out;
}

double natural_share(const Arrangement& arrangement, const Box& sheet, Side side) {
    const Box& image = arrangement.image;
    const bool is_beside = side == Side::left || side == Side::right;
    const double needed = is_beside ? image.width / image.height * sheet.height / sheet.width
                                    : image.height / image.width * sheet.width / sheet.height;
    return std::clamp(needed, is_beside ? 0.16 : 0.26, arrangement.is_panel ? 0.34 : 0.46);
}

}  // namespace atelier::adaptation::design_render
