#include <algorithm>
#include <string_view>

#include "common/media/source.hpp"

namespace atelier::media {

namespace {

struct Chunk {
    std::string name;
    std::uint64_t data = 0;
    std::uint32_t length = 0;
};

/// RFC 9649 §2.3: name, length, data, padded to an even length. Moves `position` to the next chunk.
Result<Chunk> next_chunk(const Source& source, std::uint64_t end, std::uint64_t& position) {
    const auto head = source.take(position, 8);
    if (head.empty()) return truncated();
    Chunk chunk{std::string(head.begin(), head.begin() + 4), position + 8,
                little_endian(std::span(head).last(4))};
    position = chunk.data + chunk.length + chunk.length % 2;
    if (chunk.data + chunk.length > source.size()) return truncated();
    if (chunk.data + chunk.length > end) return malformed("a WebP chunk that reaches past its container");
    return chunk;
}

/// RFC 6386 §9.1: a key frame's tag, start code and two 14-bit sides.
Result<void> read_lossy(const Source& source, const Chunk& chunk, MediaInfo& info) {
    const auto bytes = source.take(chunk.data, std::min<std::size_t>(chunk.length, 10));
    if (bytes.size() < 10) return truncated();
    if ((bytes[0] & 1) != 0 || bytes[3] != 0x9d || bytes[4] != 0x01 || bytes[5] != 0x2a)
        return malformed("a WebP whose picture is no VP8 key frame");
    info.width = static_cast<int>(little_endian(std::span(bytes).subspan(6, 2)) & 0x3fff);
    info.height = static_cast<int>(little_endian(std::span(bytes).subspan(8, 2)) & 0x3fff);
    return {};
}

/// RFC 9649 §3.4: signature, two 14-bit sides less one, alpha flag, version 0.
Result<void> read_lossless(const Source& source, const Chunk& chunk, MediaInfo& info) {
    const auto bytes = source.take(chunk.data, std::min<std::size_t>(chunk.length, 5));
    if (bytes.size() < 5) return truncated();
    const std::uint32_t bits = little_endian(std::span(bytes).subspan(1, 4));
    if (bytes[0] != 0x2f || bits >> 29 != 0) return malformed("a WebP whose picture is no VP8L stream");
    info.width = static_cast<int>(bits & 0x3fff) + 1;
    info.height = static_cast<int>(bits >> 14 & 0x3fff) + 1;
    info.has_alpha = info.has_alpha || (bits >> 28 & 1) != 0;
    return {};
}

Result<void> read_picture(const Source& source, const Chunk& chunk, MediaInfo& info) {
    auto read = chunk.name == "VP8 " ? read_lossy(source, chunk, info) : read_lossless(source, chunk, info);
    if (read && (info.width == 0 || info.height == 0)) return malformed("a WebP without a width or a height");
    return read;
}

bool is_picture(const Chunk& chunk) {
    return chunk.name == "VP8 " || chunk.name == "VP8L";
}

int read_exif(const Source& source, const Chunk& chunk) {
    constexpr std::size_t kEnough = 1 << 16;
    constexpr std::string_view kPrefix("Exif\0\0", 6);  // some writers keep JPEG's prefix
    const auto data = source.take(chunk.data, std::min<std::size_t>(chunk.length, kEnough));
    const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
    return exif_orientation(std::span(data).subspan(text.starts_with(kPrefix) ? kPrefix.size() : 0))
        .value_or(1);
}

/// RFC 9649 §2.7: the extended container, whose metadata may follow the picture.
Result<MediaInfo> read_extended(const Source& source, const Chunk& header, std::uint64_t position,
                                std::uint64_t end) {
    const auto bytes = source.take(header.data, std::min<std::size_t>(header.length, 10));
    if (bytes.size() < 10) return truncated();
    constexpr std::uint8_t kAnimation = 0x02, kAlpha = 0x10;
    if (bytes[0] & kAnimation) return animated();
    const int width = static_cast<int>(little_endian(std::span(bytes).subspan(4, 3))) + 1;
    const int height = static_cast<int>(little_endian(std::span(bytes).subspan(7, 3))) + 1;
    MediaInfo info{.format = Format::webp, .has_alpha = (bytes[0] & kAlpha) != 0};
    bool exif_seen = false;
    for (int count = 0; position + 8 <= end; ++count) {
        if (count == kMaxSegments) return malformed("too many WebP chunks");
        auto chunk = next_chunk(source, end, position);
        if (!chunk) return chunk.error();
        if (chunk->name == "ANIM" || chunk->name == "ANMF") return animated();
        if (is_picture(*chunk)) {
            if (info.width != 0) return malformed("a WebP with two pictures");
            if (auto read = read_picture(source, *chunk, info); !read) return read.error();
        } else if (chunk->name == "EXIF" && !exif_seen) {
            exif_seen = true;
            info.orientation = read_exif(source, *chunk);
        }
    }
    if (info.width == 0) return truncated();
    if (info.width != width || info.height != height)
        return malformed("a WebP whose picture is not of the size that its container says");
    return info;
}

}  // namespace

Result<MediaInfo> inspect_webp(const Source& source) {
    const auto riff = source.take(0, 12);
    if (riff.empty()) return truncated();
    const std::uint64_t end = 8 + std::uint64_t{little_endian(std::span(riff).subspan(4, 4))};
    if (end > source.size()) return truncated();
    std::uint64_t position = 12;
    auto first = next_chunk(source, end, position);
    if (!first) return first.error();
    MediaInfo info{.format = Format::webp};
    if (first->name == "VP8X") {
        auto extended = read_extended(source, *first, position, end);
        if (!extended) return extended;
        info = *extended;
    } else if (is_picture(*first)) {
        if (auto read = read_picture(source, *first, info); !read) return read.error();
    } else {
        return malformed("a WebP that does not begin with a picture");
    }
    info.channels = info.has_alpha ? 4 : 3;
    return info;
}

}  // namespace atelier::media
