#include "workers/ai/builtin/color/oklab.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace atelier::ai::builtin {
namespace {

int distance(design::Color a, design::Color b) {
    return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

}  // namespace

TEST_CASE("colours come back from OKLCH as they went") {
    for (int r = 0; r < 256; r += 51)
        for (int g = 0; g < 256; g += 51)
            for (int b = 0; b < 256; b += 51) {
                const design::Color color{std::uint8_t(r), std::uint8_t(g), std::uint8_t(b)};
                CHECK(distance(to_color(to_oklch(color)), color) <= 1);
                const Rgb rgb = to_rgb(to_oklab(color));
                CHECK(std::abs(rgb.r * 255 - float(r)) < 1);
                CHECK(std::abs(rgb.g * 255 - float(g)) < 1);
                CHECK(std::abs(rgb.b * 255 - float(b)) < 1);
            }
}

TEST_CASE("the published values of white and of pure red are met") {
    const Oklab white = to_oklab(design::Color{255, 255, 255});
    CHECK(white.l == doctest::Approx(1).epsilon(0.001));
    CHECK(std::abs(white.a) < 0.001F);
    CHECK(std::abs(white.b) < 0.001F);
    const Oklch red = to_oklch(design::Color{255, 0, 0});
    CHECK(red.l == doctest::Approx(0.628).epsilon(0.002));
    CHECK(red.chroma == doctest::Approx(0.2577).epsilon(0.003));
    CHECK(red.hue == doctest::Approx(29.23).epsilon(0.003));
}

TEST_CASE("a colour that sRGB cannot show keeps its lightness and its hue") {
    const Oklch wanted{0.6F, 0.37F, 200};
    const Oklch got = to_oklch(to_color(wanted));
    CHECK(got.l == doctest::Approx(0.6).epsilon(0.01));
    CHECK(hue_distance(got.hue, 200) < 2);
    CHECK(got.chroma < 0.2F);
    CHECK(got.chroma > 0.08F);
}

TEST_CASE("hues are as far apart as the shorter way round") {
    CHECK(hue_distance(350, 10) == doctest::Approx(20));
    CHECK(hue_distance(10, 350) == doctest::Approx(20));
    CHECK(hue_distance(0, 180) == doctest::Approx(180));
}

}  // namespace atelier::ai::builtin
