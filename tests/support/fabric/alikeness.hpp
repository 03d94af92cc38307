#pragma once
// How alike two pictures look.

#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::test {

struct Alikeness {
    /// Mean of |a − b| over all channels and pixels, 0…255, both at most 480 pixels wide and high.
    double mean_distance = 0;
    /// Of their lightness, over windows of 8 × 8 at the same size (Wang, Bovik, Sheikh and Simoncelli 2004);
    /// 1: equal.
    double structure = 0;
};

/// Encoded pictures of one shape. Errors: those of decoding; validation_failed for two shapes.
Result<Alikeness> compare(std::string_view a, std::string_view b);

}  // namespace atelier::test
