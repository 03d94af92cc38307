#pragma once
// How different two pictures look.

#include "workers/imaging/image.hpp"

namespace atelier::adaptation::design_render::testing {

/// Differences of colour (CIE 1976 ΔE*ab; 2.3 is what an eye just notices), after averaging cells of 2 × 2
/// pixels, so that the edges of letters may be smoothed differently.
struct Distance {
    double mean = 0;   ///< over the picture
    double worst = 0;  ///< of the tiles of 16 × 16 cells: a small thing that is missing shows here
};

/// Both are laid over white. The second is brought to the size of the first.
Distance distance(const imaging::Image& a, const imaging::Image& b);

}  // namespace atelier::adaptation::design_render::testing
