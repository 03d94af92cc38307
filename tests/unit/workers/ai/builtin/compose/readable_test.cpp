#include "workers/ai/builtin/compose/readable.hpp"

#include <doctest/doctest.h>

namespace atelier::ai::builtin::layout {
namespace {

design::Color color(const char* text) {
    return *design::parse_color(text);
}

TEST_CASE("OKLCH of the corners of sRGB is what CSS Color 4 publishes") {
    struct Known {
        const char* color;
        double l, c, h;
    };
    for (const Known& known :
         {Known{"#ff0000", 0.62796, 0.25768, 29.234}, Known{"#00ff00", 0.86644, 0.29483, 142.495},
          Known{"#0000ff", 0.45201, 0.31321, 264.052}, Known{"#ffff00", 0.96798, 0.21101, 109.769},
          Known{"#800080", 0.42091, 0.19309, 328.363}}) {
        CAPTURE(known.color);
        const Oklch found = to_oklch(color(known.color));
        CHECK(found.l == doctest::Approx(known.l).epsilon(0.001));
        CHECK(found.chroma == doctest::Approx(known.c).epsilon(0.001));
        CHECK(found.hue == doctest::Approx(known.h).epsilon(0.001));
        CHECK(to_color(found) == color(known.color));
    }
}

TEST_CASE("what sRGB lacks loses chroma and keeps lightness and hue") {
    for (const float hue : {0.0F, 60.0F, 145.0F, 200.0F, 264.0F, 330.0F}) {
        const Oklch asked{0.7F, 0.4F, hue};
        const Oklch got = to_oklch(to_color(asked));
        CAPTURE(hue);
        CHECK(got.l == doctest::Approx(asked.l).epsilon(0.02));
        CHECK(hue_distance(got.hue, asked.hue) < 3);
        CHECK(got.chroma < asked.chroma);
    }
}

TEST_CASE("a turned colour is as light as before") {
    const Oklch before = to_oklch(color("#2e8b57")), after = to_oklch(turned(color("#2e8b57"), 120));
    CHECK(after.l == doctest::Approx(before.l).epsilon(0.02));
    CHECK(hue_distance(after.hue, before.hue) == doctest::Approx(120).epsilon(0.02));
}

TEST_CASE("every colour is made readable on every ground, and stays what it is where it reads") {
    for (int ground = 0; ground < 256; ground += 15)
        for (const char* text : {"#d4af37", "#e10600", "#2e8b57", "#808080", "#f4c2c2", "#1d2b64"}) {
            const design::Color behind{std::uint8_t(ground), std::uint8_t(255 - ground), 120, 255};
            const design::Color found = readable_on(color(text), behind, 4.5);
            CHECK(design::contrast(found, behind) >= 4.5);
            if (design::contrast(color(text), behind) >= 4.5) CHECK(found == color(text));
        }
}

TEST_CASE("black and white are one apart") {
    CHECK(distance(color("#000000"), color("#ffffff")) == doctest::Approx(1).epsilon(0.001));
    CHECK(distance(color("#336699"), color("#336699")) == 0);
}

}  // namespace
}  // namespace atelier::ai::builtin::layout
