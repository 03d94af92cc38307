#pragma once
// How near a repaired design is to the one that was damaged.

#include "common/design/model/design.hpp"

namespace atelier::test {

/// All shares of 0…1. Layers (groups and what is in them counted one by one) are matched by id, or else by
/// type with the largest common area; those that are not count as lost in every measure.
struct Closeness {
    double layers = 0;    ///< matched layers of the same type
    double geometry = 0;  ///< mean of common area ÷ area of both boxes, on the canvas
    double text = 0;      ///< letters that stand in the matched layer in the same order
    double color = 0;     ///< 1 − mean difference of fills, per channel
    /// At least 80 % of the layers, 75 % common area, 90 % of the letters, 85 % of the colours.
    bool is_close() const { return layers >= 0.8 && geometry >= 0.75 && text >= 0.9 && color >= 0.85; }
};

Closeness compare(const design::Design& before, const design::Design& after);

}  // namespace atelier::test
