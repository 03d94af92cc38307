#include "workers/ai/builtin/art/palette.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "workers/ai/builtin/art/color_words.hpp"
#include "workers/ai/builtin/subjects/words.hpp"

namespace atelier::ai::builtin::art {

TEST_CASE("a palette is complete whatever it is made from") {
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        for (const Mood mood : {Mood::any, Mood::dark, Mood::light, Mood::pastel, Mood::vivid, Mood::muted}) {
            for (std::size_t count = 0; count < 4; ++count) {
                const std::array<Oklch, 3> given{{{0.2F, 0.05F, 300}, {0.75F, 0.12F, 85}, {0.6F, 0.2F, 27}}};
                const Palette palette = make_palette(std::span(given).first(count), true, mood, seed);
                CHECK(palette.accents.size() >= 3);
                CHECK(palette.is_dark == (palette.ground.l < 0.5F));
                for (std::size_t i = 1; i < count; ++i)
                    CHECK(std::ranges::count(palette.accents, given[i]) == 1);
            }
        }
    const std::array<Oklch, 2> blacks{{{0, 0, 0}, {0, 0, 0}}};
    CHECK(make_palette(blacks, true, Mood::any, 1).accents.size() >= 3);
}

TEST_CASE("the main accent is colourful and stands out from the ground") {
    const std::array<Oklch, 4> given{
        {{0.13F, 0.03F, 310}, {0.24F, 0.06F, 310}, {0.95F, 0.01F, 90}, {0.77F, 0.13F, 90}}};
    const Palette palette = make_palette(given, true, Mood::any, 1);
    CHECK(palette.accents[0] == given[3]);
    CHECK(palette.accents[1] == given[2]);
    CHECK(palette.accents[2] == given[1]);
}

TEST_CASE("a mood chooses the ground among colours without order") {
    const std::array<Oklch, 3> given{{{0.6F, 0.2F, 27}, {0.2F, 0.03F, 260}, {0.96F, 0.01F, 90}}};
    CHECK(make_palette(given, false, Mood::dark, 1).ground.l < 0.3F);
    CHECK(make_palette(given, false, Mood::light, 1).ground.l > 0.9F);
    CHECK(make_palette(given, false, Mood::vivid, 1).ground.chroma > 0.15F);
}

TEST_CASE("ramps run from the darkest tone to the lightest") {
    const std::array<Oklch, 3> given{{{0.2F, 0.05F, 300}, {0.75F, 0.12F, 85}, {0.6F, 0.2F, 27}}};
    const Palette palette = make_palette(given, true, Mood::any, 1);
    float last = 0;
    for (int i = 0; i <= 20; ++i) {
        const float l = palette.ramp(float(i) / 20).l;
        CHECK(l >= last);
        last = l;
    }
}

TEST_CASE("colours are read from hex and from words") {
    CHECK(told_colors(plain_words("#fff and #1a0f2e")).colors.size() == 2);
    CHECK(told_colors(plain_words("#fff and #1a0f2e")).has_hex);
    CHECK(told_colors(plain_words("gold on navy blue")).colors.size() == 2);
    CHECK(told_colors(plain_words("gold foil, #14171a")).colors.size() == 1);
    CHECK(told_colors(plain_words("#12, #12345, #gggggg, no colour")).colors.empty());
    const auto deep = told_colors(plain_words("deep purple")).colors,
               plain = told_colors(plain_words("purple")).colors;
    REQUIRE(deep.size() == 1);
    CHECK(deep[0].l < plain[0].l);
    CHECK_FALSE(colors_of_occasion(plain_words("a diwali sale")).empty());
    CHECK(colors_of_occasion(plain_words("a shop")).empty());
}

}  // namespace atelier::ai::builtin::art
