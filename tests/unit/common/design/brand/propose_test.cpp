#include "common/design/brand/propose.hpp"

#include <doctest/doctest.h>

using namespace atelier::design;

namespace {

constexpr Color kRed{214, 40, 57, 255}, kBlue{29, 53, 140, 255}, kGrey{120, 122, 125, 255},
    kWhite{255, 255, 255, 255}, kBlack{12, 12, 12, 255}, kYellow{255, 222, 60, 255};

void check_readable(const Brand& brand) {
    CHECK(contrast(brand.text, brand.background) >= 7);
    CHECK(contrast(brand.primary, brand.background) >= 3);
    CHECK(brand.accent != brand.primary);
    CHECK(brand.secondary != brand.primary);
}

}  // namespace

TEST_CASE("the vivid colour that there is much of is primary, and the one across the wheel the accent") {
    const Brand brand = propose_colors({{kGrey, 0.5}, {kBlue, 0.4}, {kRed, 0.1}}, kWhite);
    CHECK(brand.primary == kBlue);
    CHECK(brand.accent == kRed);
    CHECK(brand.background == kWhite);
    check_readable(brand);
}

TEST_CASE("the ground of a logo is no colour of the brand") {
    const Brand on_white = propose_colors({{kWhite, 0.9}, {kRed, 0.1}}, kWhite);
    CHECK(on_white.primary == kRed);
    CHECK(on_white.background == kWhite);
    check_readable(on_white);
    const Brand on_black = propose_colors({{kBlack, 0.8}, {kYellow, 0.2}}, kBlack);
    CHECK(on_black.primary == kYellow);
    CHECK(on_black.background == kBlack);
    check_readable(on_black);
}

TEST_CASE("a logo of one colour, of none, and of nothing at all still makes a whole brand") {
    check_readable(propose_colors({{kRed, 1}}, std::nullopt));
    check_readable(propose_colors({{kBlack, 1}}, std::nullopt));
    check_readable(propose_colors({{kGrey, 0.7}, {kBlack, 0.3}}, kWhite));
    check_readable(propose_colors({}, std::nullopt));
}

TEST_CASE("a light logo without a ground gets a dark background, or nobody would see it") {
    const Brand brand = propose_colors({{kYellow, 0.7}, {kWhite, 0.3}}, std::nullopt);
    CHECK(brand.primary == kYellow);
    CHECK(luminance(brand.background) < 0.05);
    check_readable(brand);
}

TEST_CASE("every pair of colours makes a brand that can be read") {
    for (int hue = 0; hue < 6; ++hue)
        for (const int level : {0, 90, 180, 255}) {
            Color color{20, 20, 20, 255};
            if (hue & 1) color.r = static_cast<std::uint8_t>(level);
            if (hue & 2) color.g = static_cast<std::uint8_t>(level);
            if (hue & 4) color.b = static_cast<std::uint8_t>(level);
            CAPTURE(to_string(color));
            for (const std::optional<Color> ground : {std::optional<Color>(), std::optional(kWhite)}) {
                const Brand brand = propose_colors({{color, 0.6}, {kGrey, 0.4}}, ground);
                CHECK(contrast(brand.text, brand.background) >= 7);
                CHECK(contrast(brand.primary, brand.background) >= 3);
            }
        }
}
