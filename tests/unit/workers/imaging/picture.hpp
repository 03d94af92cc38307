#pragma once
// Pictures made of numbers, for tests.

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <string>

#include "workers/imaging/color.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/sample.hpp"
#include "workers/imaging/start.hpp"

namespace atelier::imaging::testing {

inline const bool kStarted = init().has_value();

/// `color_at(x, y)` for every pixel.
template <class ColorAt>
Image picture(int width, int height, ColorAt&& color_at) {
    Pixels p{width, height, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const Color c = color_at(x, y);
            p.rgb.insert(p.rgb.end(), {c.r, c.g, c.b});
        }
    auto image = from_pixels(p);
    REQUIRE(image.has_value());
    return *image;
}

inline Image flat(int width, int height, Color color) {
    return picture(width, height, [&](int, int) { return color; });
}

/// Busy enough that every part differs from every other.
inline Image busy(int width, int height) {
    return picture(width, height, [](int x, int y) {
        return Color{std::uint8_t(x * 7 + y * 3), std::uint8_t((x * y) / 5),
                     std::uint8_t((x / 9 + y / 7) % 2 * 255)};
    });
}

inline Color pixel(const Image& image, int x, int y) {
    auto p = sample_area(image, {x, y, 1, 1}, 1);
    REQUIRE(p.has_value());
    return {p->rgb[0], p->rgb[1], p->rgb[2]};
}

inline bool near(Color a, Color b, int tolerance) {
    return std::abs(a.r - b.r) <= tolerance && std::abs(a.g - b.g) <= tolerance &&
           std::abs(a.b - b.b) <= tolerance;
}

inline std::string encoded(const Image& image, std::string content_type = "image/jpeg", int quality = 92) {
    EncodeOptions options;
    options.content_type = std::move(content_type);
    options.quality = quality;
    auto bytes = encode(image, options);
    REQUIRE(bytes.has_value());
    return bytes->bytes;
}

/// An EXIF block that says only how the camera was held, put behind the JPEG's first marker.
inline std::string with_orientation(const std::string& jpeg, char orientation) {
    std::string tiff("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19);
    tiff += orientation;
    tiff += std::string("\0\0\0\0\0\0", 6);
    const std::string body = std::string("Exif\0\0", 6) + tiff;
    const auto length = body.size() + 2;
    return jpeg.substr(0, 2) + "\xff\xe1" + char(length >> 8) + char(length & 255) + body + jpeg.substr(2);
}

inline std::string file(const std::string& path_in_repository) {
    std::ifstream in(std::string(ATELIER_SOURCE_DIR) + "/" + path_in_repository, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace atelier::imaging::testing
