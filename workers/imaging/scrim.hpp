#pragma once
// A soft veil behind text.

#include "common/errors/error.hpp"
#include "workers/imaging/color.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

struct Scrim {
    Rect solid;       ///< full opacity here; may reach beyond the canvas, which makes a band along an edge
    double fade = 0;  ///< pixels over which it eases out around `solid`
    Color color;
    double opacity = 0.5;  ///< 0…1
};

/// `base` must have no alpha.
Result<Image> scrim(const Image& base, const Scrim& veil);

}  // namespace atelier::imaging
