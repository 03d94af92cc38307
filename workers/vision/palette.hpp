#pragma once
// The dominant colours of a picture: k-means in CIE Lab with a fixed seed, near-equal colours merged.
// Deterministic and thread-safe: equal pixels give equal palettes.

#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

struct Swatch {
    std::string color;  ///< `#rrggbb`, sRGB
    double share = 0;   ///< of the picture's pixels; all shares sum to 1
    bool operator==(const Swatch&) const = default;
};

/// At most `count` (1…12) colours, most common first.
Result<std::vector<Swatch>> find_palette(const imaging::Pixels& picture, int count = 6);

}  // namespace atelier::vision
