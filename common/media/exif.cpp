#include "common/media/source.hpp"

namespace atelier::media {

// EXIF 2.3 §4.5: a TIFF header, then the first image file directory with 12-byte entries.
std::optional<int> exif_orientation(std::span<const std::uint8_t> tiff) {
    if (tiff.size() < 14) return std::nullopt;
    const bool little = tiff[0] == 'I' && tiff[1] == 'I';
    if (!little && !(tiff[0] == 'M' && tiff[1] == 'M')) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t width) {
        const auto bytes = tiff.subspan(at, width);
        return little ? little_endian(bytes) : big_endian(bytes);
    };
    if (number(2, 2) != 42) return std::nullopt;
    const std::size_t directory = number(4, 4);
    if (directory > tiff.size() - 2) return std::nullopt;
    const std::size_t room = (tiff.size() - directory - 2) / 12;
    const std::size_t entries = std::min<std::size_t>(number(directory, 2), room);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        constexpr std::uint32_t kOrientation = 0x0112, kShort = 3;
        if (number(entry, 2) != kOrientation) continue;
        const std::uint32_t value = number(entry + 8, 2);
        if (number(entry + 2, 2) != kShort || number(entry + 4, 4) != 1 || value < 1 || value > 8)
            return std::nullopt;
        return static_cast<int>(value);
    }
    return std::nullopt;
}

}  // namespace atelier::media
