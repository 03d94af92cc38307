#pragma once
// Carrying manual edits out.

#include <vector>

#include "common/elements/element.hpp"
#include "workers/adaptation/edits/edits.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation {

/// A photo with what was found on it. `image` may be smaller than the size that the elements' boxes refer to.
struct Source {
    imaging::Image image;
    double width = 0, height = 0;
    std::vector<elements::Ranked> elements;
};

/// Crop, rotate, flip. Elements follow; what a hand crop cuts off or through is no longer protected, since a
/// person decided so, and what it removes keeps its place in the list with an empty box.
Result<Source> edit_source(const Source& source, const Edits& edits);

/// Brightness, contrast, saturation.
Result<imaging::Image> edit_tones(const imaging::Image& picture, const Edits& edits);

/// Logo, then text overlays. `logo` may be empty when the edits have none; error: validation_failed when it
/// is missing.
Result<imaging::Image> edit_overlays(const imaging::Image& picture, const Edits& edits,
                                     const imaging::Image& logo);

}  // namespace atelier::adaptation
