#pragma once
// Private to workers/imaging: putting rows where EXIF's orientation wants them, while they are decoded.

#include <cstdint>

#include "workers/imaging/image.hpp"

namespace atelier::imaging {

struct Orientation {
    bool is_transposed = false;                    ///< rows become columns, before the mirroring
    bool from_right = false, from_bottom = false;  ///< of the upright picture

    /// EXIF's 1…8; anything else is upright.
    static Orientation of(int exif);
    Size turned(Size stored) const { return is_transposed ? Size{stored.height, stored.width} : stored; }
};

/// Rows `top`…`top + count` of a stored picture of `stored` pixels (each `bytes` long: 1 or 3) into the
/// upright one, whose rows have no padding. Rows that become columns go fastest 64 at a
/// time: a cache line each.
void place_rows(const std::uint8_t* const* rows, int count, int top, Size stored, int bytes,
                Orientation orientation, std::uint8_t* upright);

}  // namespace atelier::imaging
