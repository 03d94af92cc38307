#pragma once
// Private to workers/imaging: libjpeg itself, for what libvips does with more copies and conversions. Nothing
// else names libjpeg.

#include <optional>
#include <string>
#include <string_view>

#include "workers/imaging/ycc.hpp"

namespace atelier::imaging {

/// `orientation` in these functions is EXIF's, 1…8; the pictures come out upright.
///
/// The JPEG's own channels; nothing when it has others than luma and chroma at full or half size, or when its
/// chroma cannot be turned exactly (an odd side from its far end). Throws vips::VError when the data are
/// damaged or cut short.
std::optional<Ycc> read_ycc(std::string_view bytes, int orientation);

/// At 1/shrink (1, 2, 4 or 8), as RGB; for JPEGs in luma and chroma or in grey. Throws as read_ycc.
vips::VImage read_rgb(std::string_view bytes, int shrink, int orientation);

/// `picture` has half-sized chroma in both directions. The standard Huffman tables (its own would double
/// the time and save one to two percent), no metadata.
std::string write_jpeg(const Ycc& picture, int quality);

}  // namespace atelier::imaging
