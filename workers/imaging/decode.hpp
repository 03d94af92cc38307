#pragma once
// Strangers' bytes → an upright sRGB picture, or a clear refusal. Never half a picture.

#include <cstdint>
#include <string_view>

#include "common/errors/error.hpp"
#include "workers/imaging/color.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

inline constexpr std::int64_t kMaxPixels = 50'000'000;

enum class Format { jpeg, png, webp };

/// What the header says, upright: width and height are those after the EXIF orientation.
struct Header {
    Format format = Format::jpeg;
    Size size;
};

struct DecodeOptions {
    /// The decoded picture may be smaller than the original, but not smaller than this; {0,0} asks for full
    /// size. JPEG is then decoded at 1/2, 1/4 or 1/8, which costs a fraction of the time and memory.
    Size at_least;
    /// For a photo that is going to be scaled and encoded as JPEG: half the time and memory, see Image. Only
    /// at full size; other files than the usual JPEGs come as RGB all the same.
    bool keeps_ycc = false;
    bool keep_alpha = false;  ///< otherwise transparency is laid over `background`
    Color background = kWhite;
};

struct Decoded {
    Image image;     ///< in memory
    Size original;   ///< upright size of the file
    int shrink = 1;  ///< original / image, rounded: 1, 2, 4 or 8
};

/// Errors (both functions): unsupported_media for another format, several frames, or damaged and truncated
/// data; too_large for more than kMaxPixels.
Result<Header> read_header(std::string_view bytes);
/// EXIF orientation is applied, embedded profiles (also CMYK ones) are converted to sRGB, 16-bit, grey and
/// palette pictures become 8-bit RGB.
Result<Decoded> decode(std::string_view bytes, const DecodeOptions& options = {});

/// 1, 2, 4 or 8: how far a JPEG of `original` may be shrunk while decoding and still be `at_least` that
/// large.
int shrink_for(Format format, Size original, Size at_least);

}  // namespace atelier::imaging
