#include <algorithm>
#include <string_view>

#include "common/media/source.hpp"

namespace atelier::media {

namespace {

enum Marker : std::uint8_t {
    kStartOfFrame0 = 0xc0,  // baseline
    kStartOfFrame2 = 0xc2,  // progressive
    kHuffmanTable = 0xc4,
    kExtension = 0xc8,
    kStartOfFrame9 = 0xc9,   // extended, arithmetic coding
    kStartOfFrame10 = 0xca,  // progressive, arithmetic coding
    kArithmetic = 0xcc,
    kStartOfFrame15 = 0xcf,
    kRestart0 = 0xd0,
    kEndOfImage = 0xd9,
    kStartOfScan = 0xda,
    kApp1 = 0xe1,
};

bool is_start_of_frame(std::uint8_t marker) {
    return marker >= kStartOfFrame0 && marker <= kStartOfFrame15 && marker != kHuffmanTable &&
           marker != kExtension && marker != kArithmetic;
}

struct Segment {
    std::uint8_t marker = 0;
    std::uint64_t data = 0;  ///< where its parameters begin
    std::size_t length = 0;  ///< of the parameters
};

/// The segment at `position`, which must hold FF (T.81 B.1.1.2 allows more FF before the marker code).
Result<Segment> next_segment(const Source& source, std::uint64_t& position) {
    for (int fill = 0; fill < 64; ++fill, ++position) {
        const auto head = source.take(position, 2);
        if (head.empty()) return truncated();
        if (head[0] != 0xff) return malformed("a JPEG marker is missing");
        if (head[1] == 0xff) continue;
        const std::uint8_t marker = head[1];
        if (marker == 0 || marker == 1 || (marker >= kRestart0 && marker <= kEndOfImage))
            return malformed("a JPEG marker stands where none may");
        const auto length = source.take(position + 2, 2);
        if (length.empty()) return truncated();
        const std::size_t bytes = big_endian(length);
        if (bytes < 2) return malformed("a JPEG segment is shorter than its own length field");
        const Segment segment{marker, position + 4, bytes - 2};
        position += 2 + bytes;
        if (position > source.size()) return truncated();
        return segment;
    }
    return malformed("too many fill bytes between JPEG segments");
}

Result<void> read_frame(const Source& source, const Segment& segment, MediaInfo& info) {
    if (info.width != 0) return malformed("a JPEG with more than one frame header");
    if (segment.marker > kStartOfFrame2 && segment.marker != kStartOfFrame9 &&
        segment.marker != kStartOfFrame10)
        return malformed("a JPEG coding that is not in use (lossless or hierarchical)");
    const auto frame = source.take(segment.data, std::min<std::size_t>(segment.length, 6));
    if (frame.size() < 6) return malformed("a JPEG frame header that is too short");
    const std::size_t components = frame[5];
    if (frame[0] != 8) return malformed("a JPEG whose samples do not have 8 bits");
    if (components != 1 && components != 3 && components != 4)
        return malformed("a JPEG without 1, 3 or 4 components");
    if (segment.length != 6 + 3 * components) return malformed("a JPEG frame header of the wrong length");
    info.height = static_cast<int>(big_endian(std::span(frame).subspan(1, 2)));
    info.width = static_cast<int>(big_endian(std::span(frame).subspan(3, 2)));
    if (info.width == 0 || info.height == 0) return malformed("a JPEG without a width or a height");
    info.channels = static_cast<int>(components);
    info.cmyk = components == 4;
    info.progressive = segment.marker == kStartOfFrame2 || segment.marker == kStartOfFrame10;
    return {};
}

void read_exif(const Source& source, const Segment& segment, MediaInfo& info, bool& seen) {
    constexpr std::string_view kPrefix("Exif\0\0", 6);
    if (seen || segment.length < kPrefix.size()) return;
    const auto data = source.take(segment.data, segment.length);
    if (!std::equal(kPrefix.begin(), kPrefix.end(), data.begin(),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }))
        return;
    seen = true;
    info.orientation = exif_orientation(std::span(data).subspan(kPrefix.size())).value_or(1);
}

}  // namespace

Result<MediaInfo> inspect_jpeg(const Source& source) {
    MediaInfo info{.format = Format::jpeg};
    bool exif_seen = false;
    std::uint64_t position = 2;
    for (int count = 0; count < kMaxSegments; ++count) {
        auto segment = next_segment(source, position);
        if (!segment) return segment.error();
        if (is_start_of_frame(segment->marker)) {
            if (auto read = read_frame(source, *segment, info); !read) return read.error();
        } else if (segment->marker == kApp1) {
            read_exif(source, *segment, info, exif_seen);
        } else if (segment->marker == kStartOfScan) {
            if (info.width == 0) return malformed("a JPEG scan before its frame header");
            if (position >= source.size()) return truncated();
            return info;
        }
    }
    return malformed("too many JPEG segments");
}

}  // namespace atelier::media
