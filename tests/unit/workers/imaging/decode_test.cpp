#include "workers/imaging/decode.hpp"

#include "tests/unit/workers/imaging/picture.hpp"

namespace atelier::imaging {
using namespace testing;

namespace {

const Color kRed{220, 30, 30}, kBlue{30, 30, 220};

Image red_left_blue_right() {
    return picture(64, 32, [](int x, int) { return x < 32 ? kRed : kBlue; });
}

}  // namespace

TEST_CASE("a JPEG that was taken sideways is turned upright") {
    const std::string bytes = with_orientation(encoded(red_left_blue_right()), 6);
    auto header = read_header(bytes);
    REQUIRE(header.has_value());
    CHECK(header->size == Size{32, 64});
    auto decoded = decode(bytes);
    REQUIRE(decoded.has_value());
    CHECK(decoded->image.size() == Size{32, 64});
    CHECK(near(pixel(decoded->image, 16, 8), kRed, 12));
    CHECK(near(pixel(decoded->image, 16, 56), kBlue, 12));
}

TEST_CASE("JPEG, PNG and WebP are read") {
    for (const char* type : {"image/jpeg", "image/png", "image/webp"}) {
        CAPTURE(type);
        auto decoded = decode(encoded(red_left_blue_right(), type));
        REQUIRE(decoded.has_value());
        CHECK(near(pixel(decoded->image, 8, 16), kRed, 14));
    }
}

TEST_CASE("other formats are refused, also those that libvips could read") {
    const std::string gif(
        "GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\x01\0\0\0\0,"
        "\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;",
        43);
    const std::string svg =
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>)";
    const std::string tiff("II*\0\x08\0\0\0\0\0\0\0\0\0", 14);
    for (const std::string& bytes :
         {gif, svg, tiff, std::string("%PDF-1.7"), std::string("P6 1 1 255 abc"), std::string()}) {
        CAPTURE(bytes.substr(0, 5));
        auto decoded = decode(bytes);
        REQUIRE_FALSE(decoded.has_value());
        CHECK(decoded.error().code == ErrorCode::unsupported_media);
    }
}

TEST_CASE("a picture that was cut short is refused, not half decoded") {
    for (const char* type : {"image/jpeg", "image/png", "image/webp"}) {
        CAPTURE(type);
        const std::string whole = encoded(busy(400, 300), type);
        auto decoded = decode(whole.substr(0, whole.size() / 2));
        REQUIRE_FALSE(decoded.has_value());
        CHECK(decoded.error().code == ErrorCode::unsupported_media);
    }
}

TEST_CASE("a picture with more than fifty megapixels is refused by its header") {
    std::string png = encoded(flat(8, 8, kRed), "image/png");
    // IHDR's width and height; the checksum behind them is wrong then, which must not let it through either.
    png[16] = 0, png[17] = 1, png[18] = 0, png[19] = 0;
    png[20] = 0, png[21] = 1, png[22] = 0, png[23] = 0;
    CHECK_FALSE(decode(png).has_value());
    auto large = decode(encoded(flat(9000, 6000, kRed), "image/png"));
    REQUIRE_FALSE(large.has_value());
    CHECK(large.error().code == ErrorCode::too_large);
}

TEST_CASE("a JPEG is shrunk while decoding as far as the need allows") {
    const std::string bytes = encoded(flat(1600, 1200, kBlue));
    DecodeOptions options;
    options.at_least = {400, 290};
    auto decoded = decode(bytes, options);
    REQUIRE(decoded.has_value());
    CHECK(decoded->shrink == 4);
    CHECK(decoded->image.size() == Size{400, 300});
    CHECK(decoded->original == Size{1600, 1200});
    CHECK(shrink_for(Format::jpeg, {1600, 1200}, {0, 0}) == 1);
    CHECK(shrink_for(Format::png, {1600, 1200}, {10, 10}) == 1);
}

}  // namespace atelier::imaging
