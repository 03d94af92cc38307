#pragma once
// Brightness, contrast and saturation.

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

/// Factors; 1 changes nothing. Applied in this order: values × brightness, distance from middle grey ×
/// contrast, distance from the pixel's own grey × saturation (0 is black and white).
struct Adjustment {
    double brightness = 1, contrast = 1, saturation = 1;
    bool operator==(const Adjustment&) const = default;
};

Result<Image> adjust(const Image& image, const Adjustment& adjustment);

}  // namespace atelier::imaging
