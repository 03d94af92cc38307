#pragma once
// Pictures → bytes. Equal pixels and options give equal bytes; no metadata is written (untagged means sRGB on
// the web).

#include <cstddef>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::imaging {

struct EncodeOptions {
    std::string content_type = "image/jpeg";  ///< image/jpeg, image/webp or image/png
    int quality = 85;                         ///< 1…100; PNG is lossless and ignores it
    std::size_t max_bytes = 0;                ///< 0: no limit
    int min_quality = 40;                     ///< how far quality may fall to meet max_bytes
};

struct Encoded {
    std::string bytes;
    int quality = 0;          ///< the one used; lower than asked when max_bytes forced it
    bool is_reduced = false;  ///< quality (or, for PNG, the number of colours) was lowered to meet max_bytes
};

/// The largest quality up to the asked one that fits max_bytes, by bisection. Alpha is laid over white for
/// JPEG. Errors: validation_failed for an unknown content type; too_large when even min_quality does not fit.
Result<Encoded> encode(const Image& image, const EncodeOptions& options);

}  // namespace atelier::imaging
