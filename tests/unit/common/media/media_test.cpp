#include "common/media/media.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <random>
#include <vector>

using namespace atelier;

namespace {

using Bytes = std::vector<std::uint8_t>;

std::filesystem::path sample_path(const std::string& name) {
    return std::filesystem::path(ATELIER_SOURCE_DIR) / "tests/unit/common/media/samples" / name;
}

Bytes sample(const std::string& name) {
    std::ifstream file(sample_path(name), std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

Bytes bytes(std::string_view text) {
    return {text.begin(), text.end()};
}

std::string rule_of(const Bytes& file, const media::MediaLimits& limits = {}) {
    auto info = media::inspect(file, limits);
    if (info) return "accepted";
    REQUIRE(info.error().details.size() == 1);
    CHECK(info.error().details[0].pointer == "/file");
    return info.error().details[0].rule;
}

std::size_t find(const Bytes& file, std::string_view needle) {
    const auto at = std::search(file.begin(), file.end(), needle.begin(), needle.end(),
                                [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
    REQUIRE(at != file.end());
    return static_cast<std::size_t>(at - file.begin());
}

/// A JPEG header of that size: start, frame, scan, one byte of data.
Bytes jpeg_of(int width, int height) {
    Bytes file{0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0,  1, 1,
               0x11, 0,    0xff, 0xda, 0, 8,  1, 1, 0, 0, 63, 0, 0};
    file[7] = static_cast<std::uint8_t>(height >> 8), file[8] = static_cast<std::uint8_t>(height);
    file[9] = static_cast<std::uint8_t>(width >> 8), file[10] = static_cast<std::uint8_t>(width);
    return file;
}

}  // namespace

TEST_CASE("pictures of real encoders are understood") {
    struct Expected {
        std::string name, type;
        int orientation, channels;
        bool alpha, progressive, cmyk;
    };
    const Expected all[] = {
        {"baseline_orientation_6.jpg", "image/jpeg", 6, 3, false, false, false},
        {"progressive.jpg", "image/jpeg", 1, 3, false, true, false},
        {"cmyk.jpg", "image/jpeg", 1, 4, false, false, true},
        {"grey.jpg", "image/jpeg", 1, 1, false, false, false},
        {"rgb.png", "image/png", 1, 3, false, false, false},
        {"rgba.png", "image/png", 1, 4, true, false, false},
        {"palette_transparent.png", "image/png", 1, 4, true, false, false},
        {"orientation_6.png", "image/png", 6, 3, false, false, false},
        {"lossy.webp", "image/webp", 1, 3, false, false, false},
        {"lossless.webp", "image/webp", 1, 3, false, false, false},
        {"extended_alpha_orientation_8.webp", "image/webp", 8, 4, true, false, false},
    };
    for (const auto& expected : all) {
        CAPTURE(expected.name);
        auto info = media::inspect(sample(expected.name));
        REQUIRE(info.has_value());
        CHECK(info->content_type == expected.type);
        CHECK(info->width == 40);
        CHECK(info->height == 24);
        CHECK(info->orientation == expected.orientation);
        CHECK(info->upright_width == (expected.orientation >= 5 ? 24 : 40));
        CHECK(info->upright_height == (expected.orientation >= 5 ? 40 : 24));
        CHECK(info->channels == expected.channels);
        CHECK(info->has_alpha == expected.alpha);
        CHECK(info->progressive == expected.progressive);
        CHECK(info->cmyk == expected.cmyk);
        CHECK(info->frames == 1);
        CHECK(media::inspect_file(sample_path(expected.name)) == info);
    }
}

TEST_CASE("animated pictures are refused") {
    CHECK(rule_of(sample("animated.png")) == "frames");
    CHECK(rule_of(sample("animated.webp")) == "frames");
}

TEST_CASE("an animated WebP that hides its flag is still refused") {
    Bytes file = sample("animated.webp");
    file[20] &= static_cast<std::uint8_t>(~0x02);
    CHECK(rule_of(file) == "frames");
}

TEST_CASE("what is no JPEG, PNG or WebP is 415, whatever its name") {
    const std::map<std::string, Bytes> files{
        {"gif", sample("picture.gif")},
        {"svg", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")},
        {"xml", bytes("\xef\xbb\xbf<?xml version='1.0'?><svg/>")},
        {"html", bytes("<!DOCTYPE html><script>alert(1)</script>")},
        {"pdf", bytes("%PDF-1.7")},
        {"tiff", bytes(std::string_view("II*\0\x08\0\0\0", 8))},
        {"avif", bytes(std::string_view("\0\0\0\x1c"
                                        "ftypavif",
                                        12))},
        {"zip", bytes("PK\3\4 and so on")},
        {"wave", bytes("RIFF\x24\0\0\0WAVEfmt ")},
        {"one byte", bytes("\xff")},
        {"gif before jpeg", bytes("GIF89a\xff\xd8\xff\xe0")},
    };
    for (const auto& [name, file] : files) {
        CAPTURE(name);
        auto info = media::inspect(file);
        REQUIRE_FALSE(info.has_value());
        CHECK(info.error().code == ErrorCode::unsupported_media);
        CHECK(rule_of(file) == "type");
    }
    CHECK(media::inspect(sample("picture.gif")).error().message ==
          "the file is a GIF; only JPEG, PNG and WebP are taken");
    CHECK(rule_of({}) == "empty");
}

TEST_CASE("too many pixels, or a side too long, are refused by the header alone") {
    CHECK(rule_of(jpeg_of(8000, 6250)) == "accepted");
    CHECK(rule_of(jpeg_of(8000, 6251)) == "pixels");
    CHECK(rule_of(jpeg_of(30'001, 1)) == "pixels");
    CHECK(rule_of(jpeg_of(65'535, 65'535)) == "pixels");
    CHECK(rule_of(jpeg_of(40, 24), {.max_pixels = 959}) == "pixels");
    CHECK(rule_of(jpeg_of(0, 24)) == "malformed");
    CHECK(rule_of(jpeg_of(40, 0)) == "malformed");
}

TEST_CASE("every cut through a header is refused") {
    for (const std::string& name :
         std::initializer_list<std::string>{"baseline_orientation_6.jpg", "rgb.png", "lossy.webp",
                                            "lossless.webp", "extended_alpha_orientation_8.webp"}) {
        const Bytes whole = sample(name);
        const bool webp = name.ends_with(".webp");
        const std::size_t header =
            webp ? whole.size() : find(whole, name.ends_with("png") ? "IDAT" : "\xff\xda");
        for (std::size_t length = 0; length < header; ++length) {
            CAPTURE(name);
            CAPTURE(length);
            REQUIRE(rule_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))) !=
                    "accepted");
        }
    }
}

TEST_CASE("headers that lie are refused") {
    Bytes png = sample("rgb.png");
    png[19] ^= 1;  // a bit of the width: the checksum no longer fits
    CHECK(rule_of(png) == "malformed");

    Bytes chunk = sample("rgb.png");
    chunk[find(chunk, "IDAT") - 4] = 0xff;
    CHECK(rule_of(chunk) == "malformed");

    Bytes jpeg = jpeg_of(40, 24);
    jpeg[4] = 0xff;  // the frame header claims 65 KB
    CHECK(rule_of(jpeg) == "truncated");

    Bytes two_frames = jpeg_of(40, 24);
    two_frames.insert(two_frames.begin() + 15, two_frames.begin() + 2, two_frames.begin() + 15);
    CHECK(rule_of(two_frames) == "malformed");

    Bytes riff = sample("lossy.webp");
    riff[7] = 0x7f;
    CHECK(rule_of(riff) == "truncated");

    Bytes canvas = sample("extended_alpha_orientation_8.webp");
    canvas[24] ^= 0x10;  // the container says another width than the picture
    CHECK(rule_of(canvas) == "malformed");
}

TEST_CASE("endless fill bytes and segments end in a refusal, not in a long search") {
    Bytes fill(8 << 20, 0xff);
    fill[1] = 0xd8;
    CHECK(rule_of(fill) == "malformed");
    Bytes segments{0xff, 0xd8};
    for (int i = 0; i < 100'000; ++i)
        for (const int byte : {0xff, 0xfe, 0, 2})
            segments.push_back(static_cast<std::uint8_t>(byte));
    CHECK(rule_of(segments) == "malformed");
}

TEST_CASE("a file that is absent or no regular file is not found") {
    CHECK(media::inspect_file("/nonexistent/picture.jpg").error().code == ErrorCode::not_found);
    CHECK(media::inspect_file("/dev/zero").error().code == ErrorCode::not_found);
}

TEST_CASE("two hundred thousand mutations of real headers neither crash nor break a promise") {
    std::vector<Bytes> seeds;
    for (const char* name : {"baseline_orientation_6.jpg", "progressive.jpg", "cmyk.jpg", "orientation_6.png",
                             "palette_transparent.png", "animated.png", "lossy.webp", "lossless.webp",
                             "extended_alpha_orientation_8.webp", "animated.webp"})
        seeds.push_back(sample(name));
    std::mt19937 random(20'250'901);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    int accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        Bytes file = seeds[below(seeds.size())];
        for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
            const std::size_t at = below(std::min<std::size_t>(file.size(), below(2) ? 64 : 4096));
            switch (below(4)) {
                case 0:
                    file[at] = static_cast<std::uint8_t>(random());
                    break;
                case 1:
                    file[at] ^= static_cast<std::uint8_t>(1 << below(8));
                    break;
                case 2:
                    file[at] = below(2) ? 0xff : 0;
                    break;
                default:
                    file.resize(std::max<std::size_t>(1, file.size() - below(file.size()) / 8));
                    break;
            }
        }
        // A copy of the exact size, so that a sanitizer sees one byte too far.
        const auto info = media::inspect(Bytes(file.begin(), file.end()));
        if (!info) continue;
        ++accepted;
        REQUIRE(info->width > 0);
        REQUIRE(info->height > 0);
        REQUIRE(std::int64_t{info->width} * info->height <= 50'000'000);
        REQUIRE(info->orientation >= 1);
        REQUIRE(info->orientation <= 8);
    }
    CHECK(accepted > 1000);
    CHECK(accepted < 199'000);
}
