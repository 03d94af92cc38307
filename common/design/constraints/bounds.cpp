#include <algorithm>
#include <cmath>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

constexpr double kUnseen = 1;  ///< pixels beyond the edge that nobody sees

/// By how much a stretch has to move to lie within 0…room; with too little room it begins at 0.
double way_in(double start, double length, double room) {
    if (start < -kUnseen) return -start;
    if (start + length > room + kUnseen) return std::max(-start, room - start - length);
    return 0;
}

void check_item(Round& round, const Item& item) {
    const double width = round.design.canvas.width, height = round.design.canvas.height;
    const Box taken = bounds_of(item.quad(text_box(*item.layer, round.measurer)));
    const bool is_wide = taken.width > width + kUnseen, is_high = taken.height > height + kUnseen;
    const double dx = way_in(taken.x, taken.width, width), dy = way_in(taken.y, taken.height, height);
    if (dx == 0 && dy == 0 && !is_wide && !is_high) return;
    const std::string reason = "Part of the text lay beyond the canvas.";
    if (!item.is_straight)
        return round.report(item.pointer, "bounds",
                            "Part of the text lies beyond the canvas, in a turned group.");
    if (item.layer->rotation == 0 && is_wide) {
        round.set(item, "width", std::floor(width * 0.84), "bounds", reason);
        round.set(item, "x", item.layer->box.x + width * 0.08 - item.quad({0, 0, 1, 1})[0].x, "bounds",
                  reason);
        return;
    }
    if (item.layer->rotation == 0 && is_high) {
        round.set(item, "height", std::floor(height * 0.84), "bounds", reason);
        round.set(item, "y", item.layer->box.y + height * 0.08 - item.quad({0, 0, 1, 1})[0].y, "bounds",
                  reason);
        return;
    }
    if (is_wide || is_high)
        return round.report(item.pointer, "bounds", "The turned text is larger than the canvas.");
    if (!round.shift(item, dx, dy, "bounds", reason))
        round.report(item.pointer, "bounds", "The text lies too far beyond the canvas.");
}

}  // namespace

void check_bounds(Round& round) {
    for (const Item& item : round.items)
        if (item.is_message()) check_item(round, item);
}

}  // namespace atelier::design
