// Each wish changes what it names, that way, and leaves the rest alone.

#include <doctest/doctest.h>

#include <set>

#include "tests/unit/workers/ai/builtin/retouch/statistics.hpp"

using namespace atelier;
using namespace atelier::test;
using imaging::testing::flat;
using imaging::testing::near;
using imaging::testing::picture;
using imaging::testing::pixel;
using IColor = imaging::Color;

TEST_CASE("light: brighter, darker, contrast") {
    const auto image = photo("landscape");
    const Statistics before = statistics(image);
    CHECK(statistics(retouched(image, "make it brighter")).light > before.light + 12);
    CHECK(statistics(retouched(image, "darker please")).light < before.light - 12);
    CHECK(statistics(retouched(image, "a bit darker")).light >
          statistics(retouched(image, "much darker")).light + 15);
    CHECK(statistics(retouched(image, "more contrast")).spread > before.spread * 1.05);
    CHECK(statistics(retouched(image, "less contrast")).spread < before.spread * 0.85);
    // Black and white stay what they are.
    CHECK(near(pixel(retouched(flat(8, 8, {0, 0, 0}), "brighter"), 3, 3), {0, 0, 0}, 1));
    CHECK(near(pixel(retouched(flat(8, 8, {255, 255, 255}), "darker"), 3, 3), {255, 255, 255}, 1));
}

TEST_CASE("colour: warmer, cooler, more and less saturated, black and white, sepia") {
    const auto image = photo("landscape");
    const Statistics before = statistics(image);
    const Statistics warm = statistics(retouched(image, "make it warmer"));
    CHECK(warm.red - warm.blue > before.red - before.blue + 8);
    CHECK(std::abs(warm.light - before.light) < 4);
    const Statistics cool = statistics(retouched(image, "cooler"));
    CHECK(cool.red - cool.blue < before.red - before.blue - 8);
    CHECK(statistics(retouched(image, "more saturated")).colorfulness > before.colorfulness * 1.2);
    CHECK(statistics(retouched(image, "less saturated")).colorfulness < before.colorfulness * 0.7);
    CHECK(statistics(retouched(image, "black and white")).colorfulness < 1);
    const Statistics sepia = statistics(retouched(image, "sepia"));
    CHECK(sepia.red > sepia.green);
    CHECK(sepia.green > sepia.blue + 10);
}

TEST_CASE("edges: blur takes them, sharpen gives some, glow keeps the light") {
    const auto image = photo("portrait");
    const Statistics before = statistics(image);
    CHECK(statistics(retouched(image, "blur the picture")).edges < before.edges * 0.6);
    CHECK(statistics(retouched(image, "a bit blurry")).edges >
          statistics(retouched(image, "very blurry")).edges);
    CHECK(statistics(retouched(image, "sharpen it")).edges > before.edges * 1.15);
    CHECK(std::abs(statistics(retouched(image, "add a soft glow")).light - before.light) < 30);
}

TEST_CASE("a duotone has only mixtures of its two colours") {
    const auto image = retouched(photo("portrait"), "duotone in navy and gold");
    const imaging::Pixels p = pixels_of(image);
    const IColor dark{0x14, 0x25, 0x4a}, light{0xd4, 0xa7, 0x2c};
    CHECK(statistics(image).colorfulness > 20);
    int darkest = 255, lightest = 0;
    for (std::size_t i = 0; i < p.rgb.size(); i += 3) {
        darkest = std::min<int>(darkest, p.rgb[i]);
        lightest = std::max<int>(lightest, p.rgb[i]);
    }
    CHECK(std::abs(darkest - dark.r) <= 3);
    CHECK(std::abs(lightest - light.r) <= 3);
    const auto ours =
        retouched(photo("portrait"), "in our brand colours", {{0, 60, 50, 255}, {255, 240, 200, 255}});
    CHECK(near(pixel(ours, 0, 0), pixel(ours, 0, 0), 0));
    CHECK(statistics(ours).red > statistics(ours).blue);
}

TEST_CASE("recolouring turns what has the colour and leaves the rest") {
    const auto two = picture(60, 30, [](int x, int) {
        return x < 30 ? IColor{200, 40, 30} : IColor{60, 160, 70};
    });
    const auto blue = retouched(two, "recolour red to blue");
    const IColor left = pixel(blue, 10, 10), right = pixel(blue, 50, 10);
    CHECK(left.b > left.r + 60);
    CHECK(near(right, {60, 160, 70}, 3));
    const auto worded = retouched(two, "make the red bowl blue");
    CHECK(near(pixel(worded, 10, 10), left, 1));
    const IColor green = pixel(retouched(flat(16, 16, {200, 40, 30}), "make it green"), 5, 5);
    CHECK(green.g > green.r);
    const auto grey = retouched(picture(60, 30,
                                        [](int x, int) {
                                            return x < 30 ? IColor{40, 40, 40} : IColor{200, 40, 30};
                                        }),
                                "replace red with yellow");
    CHECK(near(pixel(grey, 10, 10), {40, 40, 40}, 2));
    CHECK(pixel(grey, 50, 10).g > 110);
}

TEST_CASE("posterize leaves few colours, pixelate leaves blocks, halftone leaves ink and paper") {
    const auto image = photo("cup");
    const imaging::Pixels poster = pixels_of(retouched(image, "posterize"));
    std::set<int> colors;
    for (std::size_t i = 0; i < poster.rgb.size(); i += 3)
        colors.insert(poster.rgb[i] / 32 * 64 + poster.rgb[i + 1] / 32 * 8 + poster.rgb[i + 2] / 32);
    CHECK(colors.size() < 60);
    const auto blocks = retouched(image, "pixelate");
    CHECK(near(pixel(blocks, 1, 1), pixel(blocks, 4, 4), 0));
    const imaging::Pixels dots = pixels_of(retouched(image, "halftone in black and white cream"));
    std::size_t ends = 0;
    const imaging::Pixels ink = pixels_of(retouched(image, "halftone in navy and cream"));
    for (std::size_t i = 0; i < ink.rgb.size(); i += 3)
        ends += ink.rgb[i] < 0x14 + 12 || ink.rgb[i] > 0xfb - 12;
    CHECK(double(ends) > 0.6 * double(ink.rgb.size() / 3));
    CHECK(dots.rgb.size() == ink.rgb.size());
}

TEST_CASE("vignette darkens the corners, grain roughens and keeps the light") {
    const auto grey = flat(200, 120, {128, 128, 128});
    const auto dark = retouched(grey, "add a vignette");
    CHECK(near(pixel(dark, 100, 60), {128, 128, 128}, 1));
    CHECK(pixel(dark, 1, 1).r < 95);
    const Statistics rough = statistics(retouched(grey, "add film grain"));
    CHECK(rough.spread > 3);
    CHECK(std::abs(rough.light - 128) < 2);
}

TEST_CASE("painted looks: an oil painting has less detail but its colours, a sketch is pale and grey") {
    const auto image = photo("landscape");
    const Statistics before = statistics(image), oil = statistics(retouched(image, "like an oil painting"));
    CHECK(oil.edges < before.edges * 0.85);
    CHECK(std::abs(oil.light - before.light) < 15);
    CHECK(oil.colorfulness > before.colorfulness * 0.9);
    const Statistics sketch = statistics(retouched(image, "turn it into a pencil sketch"));
    CHECK(sketch.colorfulness < 20);
    CHECK(sketch.light > before.light);
    CHECK(statistics(retouched(image, "vintage")).colorfulness < before.colorfulness);
    CHECK(statistics(retouched(image, "cinematic")).light > 20);
}

TEST_CASE("several wishes are done in their order and told") {
    const auto image = photo("cup");
    const auto out =
        ai::builtin::retouch(image, {"Please blur the picture and make it warmer, then flip it"});
    REQUIRE(out.has_value());
    CHECK(out->done == std::vector<std::string>{"mirrored", "blurred", "warmer"});
    const auto again =
        ai::builtin::retouch(image, {"Please blur the picture and make it warmer, then flip it"});
    CHECK(pixels_of(out->image).rgb == pixels_of(again->image).rgb);
}

TEST_CASE("what needs a model is refused at /prompt, by the rule understood") {
    for (const char* wish :
         {"add a dog", "remove the person on the left", "", "xyzzy", "the weather is nice"}) {
        const auto refused = ai::builtin::retouch(flat(20, 20, {1, 2, 3}), {wish});
        CAPTURE(wish);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::validation_failed);
        CHECK(refused.error().details[0].pointer == "/prompt");
        CHECK(refused.error().details[0].rule == "understood");
    }
}
