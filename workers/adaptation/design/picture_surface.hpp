#pragma once
// Private to design/: a picture as cairo wants it.

#include "workers/adaptation/design/cairo_access.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation::design_render {

/// For drawing on `cairo`; where that writes a PDF, photographs carry their JPEG, which the PDF then holds.
/// Nothing when the pixels cannot be computed.
Surface surface_of(cairo_t* cairo, const imaging::Image& image);

}  // namespace atelier::adaptation::design_render
