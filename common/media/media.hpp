#pragma once
// What a picture file is, read from its headers alone: never a pixel is decoded, so a hostile file costs next
// to nothing.
//
// JPEG (ITU-T T.81 markers, EXIF 2.3 orientation), PNG (W3C PNG 3rd edition, chunk CRCs checked up to the
// first IDAT) and WebP (RFC 9649). The name and the declared type of a file play no part. Any thread.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::media {

enum class Format { jpeg, png, webp };

/// `image/jpeg`, …
std::string_view content_type(Format format);
/// `jpg`, `png`, `webp`.
std::string_view extension(Format format);

struct MediaInfo {
    Format format = Format::jpeg;
    std::string content_type = {};  ///< `image/jpeg`, `image/png` or `image/webp`
    int width = 0;             ///< pixels as stored, before orientation
    int height = 0;
    int orientation = 1;    ///< EXIF 1…8; 1 when absent or nonsense
    int upright_width = 0;  ///< pixels after turning it upright: swapped for orientation 5…8
    int upright_height = 0;
    int frames = 1;
    int channels = 0;  ///< as stored: 1 grey, 2 grey+alpha, 3, 4 RGBA or CMYK
    bool has_alpha = false;
    bool progressive = false;  ///< JPEG progressive, PNG interlaced
    bool cmyk = false;         ///< four-component JPEG (CMYK or YCCK)

    bool operator==(const MediaInfo&) const = default;
};

std::ostream& operator<<(std::ostream& out, const MediaInfo& info);

struct MediaLimits {
    std::int64_t max_pixels = 50'000'000;
    int max_side = 30'000;  ///< pixels; also keeps every later product of two sides inside 32 bits
};

/// Errors, all at pointer `/file`: unsupported_media (415) with rule `type` when it is not one of the three
/// formats; validation_failed (422) with rule `truncated`, `malformed`, `frames` (animated), `pixels` (too
/// large) or `empty`.
Result<MediaInfo> inspect(std::span<const std::uint8_t> bytes, const MediaLimits& limits = {});

/// The same for a file, reading at most its headers. Also: not_found; internal when reading fails.
Result<MediaInfo> inspect_file(const std::filesystem::path& path, const MediaLimits& limits = {});

}  // namespace atelier::media
