// Cropping, extending, turning, and what shows through.

#include <doctest/doctest.h>

#include "tests/unit/workers/ai/builtin/retouch/statistics.hpp"
#include "workers/imaging/premultiplied.hpp"

using namespace atelier;
using namespace atelier::test;
using imaging::Size;
using imaging::testing::busy;
using imaging::testing::flat;
using imaging::testing::near;
using imaging::testing::picture;
using imaging::testing::pixel;
using IColor = imaging::Color;

namespace {

/// Grey, with a busy patch at its right end.
imaging::Image busy_at_the_right() {
    return picture(300, 100, [](int x, int y) {
        return x < 220 ? IColor{120, 120, 120} : IColor{std::uint8_t((x / 4 + y / 4) % 2 * 255), 30, 200};
    });
}

imaging::Image see_through() {
    std::vector<std::uint32_t> values(64 * 64, 0);
    for (int y = 16; y < 48; ++y)
        for (int x = 16; x < 48; ++x)
            values[std::size_t(y) * 64 + x] = 0xffc83020u;
    auto image = imaging::from_premultiplied(values.data(), {64, 64}, 64);
    REQUIRE(image.has_value());
    return *image;
}

}  // namespace

TEST_CASE("a crop has exactly the size and keeps the part in which most happens") {
    const auto out = ai::builtin::retouch(busy_at_the_right(), {"crop", {}, 100, 100});
    REQUIRE(out.has_value());
    CHECK(out->image.size() == Size{100, 100});
    CHECK(pixel(out->image, 90, 50).b > 150);
    CHECK(out->done == std::vector<std::string>{"cropped"});
    CHECK(retouched(busy(90, 60), "crop it to a square").size() == Size{60, 60});
    CHECK(retouched(busy(160, 160), "crop to 16:9").size() == Size{160, 90});
    CHECK(retouched(busy(160, 160), "crop to 80x120").size() == Size{80, 120});
}

TEST_CASE("a wanted size is reached without a word") {
    const auto cropped = ai::builtin::retouch(busy(200, 100), {"", {}, 64, 64});
    REQUIRE(cropped.has_value());
    CHECK(cropped->image.size() == Size{64, 64});
    const auto extended = ai::builtin::retouch(busy(200, 100), {"", {}, 200, 200, true});
    REQUIRE(extended.has_value());
    CHECK(extended->image.size() == Size{200, 200});
    CHECK(extended->done == std::vector<std::string>{"extended"});
}

TEST_CASE("an extended picture keeps its middle and carries its border on") {
    const auto sky = picture(120, 80, [](int, int y) {
        return y < 40 ? IColor{90, 150, 220} : IColor{70, 120, 50};
    });
    const auto out = ai::builtin::retouch(sky, {"extend the picture", {}, 240, 80});
    REQUIRE(out.has_value());
    CHECK(out->image.size() == Size{240, 80});
    CHECK(near(pixel(out->image, 120, 10), {90, 150, 220}, 4));
    CHECK(near(pixel(out->image, 6, 8), {90, 150, 220}, 30));
    CHECK(near(pixel(out->image, 234, 72), {70, 120, 50}, 30));
    CHECK(retouched(busy(100, 100), "extend it to 16:9").size() == Size{178, 100});
}

TEST_CASE("flips and turns are exact") {
    const auto sides = picture(40, 20, [](int x, int) {
        return x < 20 ? IColor{255, 0, 0} : IColor{0, 0, 255};
    });
    CHECK(near(pixel(retouched(sides, "flip it horizontally"), 2, 2), {0, 0, 255}, 0));
    CHECK(near(pixel(retouched(sides, "flip it vertically"), 2, 2), {255, 0, 0}, 0));
    CHECK(retouched(sides, "rotate it by 90 degrees").size() == Size{20, 40});
    CHECK(near(pixel(retouched(sides, "rotate it by 90 degrees"), 10, 2), {255, 0, 0}, 0));
    CHECK(near(pixel(retouched(sides, "rotate 90 degrees to the left"), 10, 2), {0, 0, 255}, 0));
}

TEST_CASE("what shows through still does, whatever is done") {
    for (const char* wish :
         {"make it warmer", "duotone in navy and gold", "posterize", "oil painting", "sharpen", "glow"}) {
        CAPTURE(wish);
        const auto out = retouched(see_through(), wish);
        REQUIRE(out.has_alpha());
        const auto values = imaging::to_premultiplied(out);
        REQUIRE(values.has_value());
        CHECK((values->values[0] >> 24) == 0);
        CHECK((values->values[32 * 64 + 32] >> 24) == 255);
    }
    const auto blurred = imaging::to_premultiplied(retouched(see_through(), "very blurry"));
    REQUIRE(blurred.has_value());
    // No dark fringe: half-transparent pixels keep the colour.
    for (const std::uint32_t value : blurred->values)
        if ((value >> 24) > 40) CHECK((value >> 16 & 255) * 255 / (value >> 24) > 190);
    const auto wide = ai::builtin::retouch(see_through(), {"extend", {}, 128, 64});
    REQUIRE(wide.has_value());
    CHECK(wide->image.size() == Size{128, 64});
    CHECK(wide->image.has_alpha());
}
