#include <algorithm>
#include <string_view>

#include "common/media/source.hpp"

namespace atelier::media {

namespace {

constexpr std::uint64_t kSignature = 8;
constexpr std::uint32_t kMaxExif = 1 << 16;
constexpr std::uint32_t kMaxLength = 0x7fff'ffff;

/// CRC-32 of PNG annex D, bit by bit: it runs over 17 bytes.
std::uint32_t crc_of(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xffff'ffff;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb8'8320 : 0);
    }
    return ~crc;
}

bool is_allowed(int depth, int colour) {
    switch (colour) {
        case 0:
            return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
        case 3:
            return depth == 1 || depth == 2 || depth == 4 || depth == 8;
        case 2:
        case 4:
        case 6:
            return depth == 8 || depth == 16;
        default:
            return false;
    }
}

Result<MediaInfo> read_header(const Source& source) {
    constexpr std::size_t kChunk = 4 + 4 + 13 + 4;
    const auto chunk = source.take(kSignature, kChunk);
    if (chunk.empty()) return truncated();
    const std::span bytes(chunk);
    const std::string_view name(reinterpret_cast<const char*>(chunk.data()) + 4, 4);
    if (big_endian(bytes.first(4)) != 13 || name != "IHDR")
        return malformed("a PNG that does not begin with IHDR");
    if (crc_of(bytes.subspan(4, 17)) != big_endian(bytes.subspan(21, 4)))
        return malformed("a PNG header with a wrong checksum");
    const std::uint32_t width = big_endian(bytes.subspan(8, 4)), height = big_endian(bytes.subspan(12, 4));
    const int depth = bytes[16], colour = bytes[17];
    if (width == 0 || height == 0 || width > kMaxLength || height > kMaxLength)
        return malformed("a PNG without a valid width and height");
    if (!is_allowed(depth, colour) || bytes[18] != 0 || bytes[19] != 0 || bytes[20] > 1)
        return malformed("a PNG header with values that no PNG has");
    constexpr int kChannels[] = {1, 0, 3, 3, 2, 0, 4};
    return MediaInfo{.format = Format::png,
                     .content_type = {},
                     .width = static_cast<int>(width),
                     .height = static_cast<int>(height),
                     .channels = kChannels[colour],
                     .has_alpha = (colour & 4) != 0,
                     .progressive = bytes[20] == 1};
}

}  // namespace

Result<MediaInfo> inspect_png(const Source& source) {
    auto info = read_header(source);
    if (!info) return info;
    std::uint64_t position = kSignature + 25;
    for (int count = 0; count < kMaxSegments; ++count) {
        const auto head = source.take(position, 8);
        if (head.empty()) return truncated();
        const std::uint32_t length = big_endian(std::span(head).first(4));
        const std::string_view name(reinterpret_cast<const char*>(head.data()) + 4, 4);
        if (length > kMaxLength) return malformed("a PNG chunk with an impossible length");
        if (name == "acTL") return animated();
        if (name == "IHDR") return malformed("a PNG with two headers");
        if (name == "IEND") return malformed("a PNG without picture data");
        if (name == "IDAT") {
            if (position + 12 > source.size()) return truncated();
            return info;
        }
        if (name == "eXIf") {
            const auto exif = source.take(position + 8, std::min<std::uint32_t>(length, kMaxExif));
            info->orientation = exif_orientation(exif).value_or(1);
        }
        if (name == "tRNS") {  // one colour, or palette entries, made transparent
            info->has_alpha = true;
            if (info->channels == 1 || info->channels == 3) ++info->channels;
        }
        position += 12 + std::uint64_t{length};
    }
    return malformed("too many PNG chunks");
}

}  // namespace atelier::media
