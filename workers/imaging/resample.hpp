#pragma once
// Private to workers/imaging: scaling one channel.

#include "workers/imaging/ycc.hpp"

namespace atelier::imaging {

/// `region` of the channel (in its samples, edges between them; it may stand over the border, where the
/// outermost samples are repeated) at `size`. Lanczos3 down, Catmull-Rom up, in integers: every machine
/// computes the same values.
Channel resample(const Channel& channel, const Region& region, Size size);

/// The same for a picture of three bands. Throws vips::VError when its pixels cannot be computed.
vips::VImage resample_rgb(const vips::VImage& image, const Region& region, Size size);

}  // namespace atelier::imaging
