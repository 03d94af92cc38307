#pragma once
// Private to common/media: bounded reads from memory or a file, and what the three header parsers share.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/media/media.hpp"

namespace atelier::media {

class Source {
  public:
    virtual ~Source() = default;
    virtual std::uint64_t size() const = 0;
    /// Fills `out` from `offset`; false when there are fewer bytes (or they cannot be read).
    virtual bool read(std::uint64_t offset, std::span<std::uint8_t> out) const = 0;

    /// Exactly `count` bytes; empty when there are fewer. Callers bound `count`.
    std::vector<std::uint8_t> take(std::uint64_t offset, std::size_t count) const {
        std::vector<std::uint8_t> bytes(count);
        if (offset > size() || count > size() - offset || !read(offset, bytes)) bytes.clear();
        return bytes;
    }
};

/// More segments or chunks than any honest header has; bounds the work on a hostile one.
inline constexpr int kMaxSegments = 8192;

inline std::uint32_t big_endian(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    return value;
}

inline std::uint32_t little_endian(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        value = value << 8 | bytes[i - 1];
    return value;
}

Error truncated();
Error malformed(std::string message);
Error animated();

/// The orientation 1…8 in a TIFF-structured EXIF block; nothing when absent or nonsense.
std::optional<int> exif_orientation(std::span<const std::uint8_t> tiff);

/// Each expects its magic bytes to be there, and leaves orientation-dependent fields and limits to inspect.
Result<MediaInfo> inspect_jpeg(const Source& source);
Result<MediaInfo> inspect_png(const Source& source);
Result<MediaInfo> inspect_webp(const Source& source);

}  // namespace atelier::media
