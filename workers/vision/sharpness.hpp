#pragma once
// How sharp a picture looks on a screen. Thread-safe.

#include "common/errors/error.hpp"
#include "workers/imaging/pixels.hpp"

namespace atelier::vision {

/// 0…1: v / (v + 300), where v is the variance of the Laplacian of the 8-bit luma (Pech-Pacheco et al.,
/// "Diatom autofocusing in brightfield microscopy", 2000), reduced to 1024 px on the long side first, in the
/// sharpest of the 4 × 4 fields: a portrait before a soft background is sharp. Under 0.1 nothing is in focus,
/// 0.5 and more is crisp.
Result<double> measure_sharpness(const imaging::Pixels& picture);

}  // namespace atelier::vision
