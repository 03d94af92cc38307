#include <doctest/doctest.h>

#include <algorithm>

#include "workers/ai/builtin/subjects/pack.hpp"
#include "workers/ai/builtin/subjects/subjects.hpp"

namespace atelier::ai::builtin {

TEST_CASE("every packed picture unpacks to an SVG and is drawn with something in it") {
    const auto pictures = packed_pictures();
    CHECK(pictures.size() > 700);
    CHECK(std::ranges::is_sorted(pictures, {}, &PackedPicture::name));
    for (const PackedPicture& picture : pictures) {
        CAPTURE(picture.name);
        const auto svg = unpack(picture);
        REQUIRE(svg.has_value());
        CHECK(svg->starts_with("<svg"));
        CHECK(svg->ends_with("</svg>"));
        const auto pixels = draw_subject(picture.name, 24);
        CHECK(pixels.has_value());
        if (!pixels) continue;
        const auto seen =
            std::ranges::count_if(pixels->values, [](std::uint32_t v) { return v >> 24 > 128; });
        CHECK(seen > 24);
        CHECK(seen < 24 * 24);
    }
}

TEST_CASE("a picture is as large as asked, premultiplied, and the same every time") {
    const auto pixels = draw_subject("headphone", 200);
    REQUIRE(pixels.has_value());
    CHECK(pixels->side == 200);
    CHECK(pixels->values.size() == 200U * 200U);
    CHECK(std::ranges::all_of(pixels->values, [](std::uint32_t v) {
        const std::uint32_t a = v >> 24;
        return (v >> 16 & 0xffU) <= a && (v >> 8 & 0xffU) <= a && (v & 0xffU) <= a;
    }));
    CHECK(draw_subject("headphone", 200)->values == pixels->values);
}

TEST_CASE("unknown pictures and impossible sizes are refused") {
    CHECK(draw_subject("no-such-thing", 64).error().code == ErrorCode::not_found);
    CHECK(draw_subject("headphone", 7).error().code == ErrorCode::validation_failed);
    CHECK(draw_subject("headphone", 4097).error().code == ErrorCode::validation_failed);
    CHECK(draw_subject("headphone", 8).has_value());
}

}  // namespace atelier::ai::builtin
