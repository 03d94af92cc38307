#pragma once
// Sums of boxes.

#include <algorithm>

#include "common/design/model/design.hpp"

namespace atelier::design {

/// The smallest box around both; an empty one adds nothing.
inline Box joined(const Box& a, const Box& b) {
    if (a.width <= 0 || a.height <= 0) return b;
    if (b.width <= 0 || b.height <= 0) return a;
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

/// What lies in both; without width or height where nothing does.
inline Box clipped(const Box& box, const Box& to) {
    const double x = std::max(box.x, to.x), y = std::max(box.y, to.y);
    return {x, y, std::max(0.0, std::min(box.right(), to.right()) - x),
            std::max(0.0, std::min(box.bottom(), to.bottom()) - y)};
}

}  // namespace atelier::design
