#pragma once
// Placing a part of a photo on a canvas that it does not fill. Private to layout/.

#include "workers/adaptation/layout/subject.hpp"

namespace atelier::adaptation {

struct Extension {
    Box crop;       ///< in the photo
    Box placement;  ///< on the canvas, whole pixels
};

/// The smallest extension that keeps everything that matters with its room: along one axis the photo fills
/// the canvas (cut there as far as the subjects allow), along the other it is used whole and the canvas goes
/// on beyond it. The scale stays within kMaxUpscale.
Extension extended(const LayoutRequest& request, const std::vector<Subject>& subjects);

}  // namespace atelier::adaptation
