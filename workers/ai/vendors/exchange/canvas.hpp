#pragma once
// Pictures made ready for vendors: a canvas to extend a picture into, masks as each API reads them.

#include "workers/ai/vendors/exchange/failures.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"

namespace atelier::ai {

/// An outpainting put as an edit with a mask.
struct Canvas {
    EncodedImage picture;  ///< PNG of the wanted size, the given picture in its middle, as large as fits
    EncodedImage mask;     ///< PNG of that size, white where the picture is to be continued
};
/// Failure, here and below: permanent, when what was given cannot be read.
Answered<Canvas> canvas_for(const EncodedImage& picture, PixelSize size, std::string_view vendor_id);

/// The mask as OpenAI reads it: a PNG as large as the picture, clear where the given one is white.
Answered<EncodedImage> clear_mask(const EncodedImage& picture, const EncodedImage& mask,
                                  std::string_view vendor_id);

}  // namespace atelier::ai
