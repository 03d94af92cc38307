#pragma once
// Pictures as vendors carry them: base64, data URLs, the sizes that they offer. Pure functions.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "workers/ai/capabilities/capability.hpp"
#include "workers/ai/vendors/exchange/failures.hpp"

namespace atelier::ai {

/// Of one picture, encoded. The caps of answers are made of it.
inline constexpr std::int64_t kMaxPictureBytes = 24 << 20;
/// A JSON answer with that many pictures in base64.
std::int64_t max_answer_bytes(int pictures);

/// The bytes as a picture, after a look at its header: really PNG, JPEG or WebP, and not larger than allowed.
/// Failure: malformed_output.
Answered<EncodedImage> picture_of(std::string bytes, std::string_view vendor_id);
/// The same from base64, with or without `data:…;base64,` before it.
Answered<EncodedImage> picture_of_base64(std::string_view text, std::string_view vendor_id);

std::string base64_of(const EncodedImage& image);
std::string data_url_of(const EncodedImage& image);
/// `png`, `jpg` or `webp`.
std::string_view extension_of(const EncodedImage& image);

struct PixelSize {
    int width = 0, height = 0;
    bool operator==(const PixelSize&) const = default;
};
std::string to_string(PixelSize size);  ///< `1024x1536`

/// The offered size whose shape is nearest to the wanted one; of equally near shapes the smallest that is not
/// smaller than wanted, else the largest. `offered` is not empty.
PixelSize nearest_size(PixelSize wanted, std::span<const PixelSize> offered);
/// The ratio (`16:9`) nearest to the wanted shape. `offered` is not empty.
std::string_view nearest_ratio(PixelSize wanted, std::span<const std::string_view> offered);
/// The wanted shape with about `pixels` pixels at most, both sides multiples of `step`, neither below `step`.
PixelSize size_within(PixelSize wanted, std::int64_t pixels, int step);

}  // namespace atelier::ai
