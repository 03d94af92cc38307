#include <doctest/doctest.h>

#include <numeric>

#include "tests/unit/workers/vision/photos.hpp"
#include "workers/vision/palette.hpp"
#include "workers/vision/sharpness.hpp"

namespace atelier::vision::tests {
namespace {

/// Every pixel becomes the mean of a square around it.
imaging::Pixels blurred(const imaging::Pixels& from, int radius) {
    imaging::Pixels out = from;
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            for (int channel = 0; channel < 3; ++channel) {
                int sum = 0, count = 0;
                for (int v = std::max(0, y - radius); v <= std::min(from.height - 1, y + radius); ++v) {
                    for (int u = std::max(0, x - radius); u <= std::min(from.width - 1, x + radius); ++u) {
                        sum += from.rgb[static_cast<std::size_t>((v * from.width + u) * 3 + channel)];
                        ++count;
                    }
                }
                out.rgb[static_cast<std::size_t>((y * from.width + x) * 3 + channel)] =
                    static_cast<std::uint8_t>(sum / count);
            }
        }
    }
    return out;
}

}  // namespace

TEST_CASE("a palette names the colours and how much of the picture they fill") {
    auto picture = plain(200, 100, 255, 255, 255);
    fill(picture, {0, 0, 60, 100}, 200, 30, 30);
    auto palette = find_palette(picture);
    REQUIRE(palette.has_value());
    REQUIRE(palette->size() >= 2);
    CHECK(palette->at(0).color == "#ffffff");
    CHECK(palette->at(0).share == doctest::Approx(0.7).epsilon(0.03));
    CHECK(palette->at(1).color == "#c81e1e");
}

TEST_CASE("equal pixels give equal palettes, whatever ran before") {
    for (const char* name : {"product.jpg", "landscape.jpg", "portrait.jpg"}) {
        CAPTURE(name);
        auto first = find_palette(photo(name).pixels);
        REQUIRE(find_palette(photo("cup.jpg").pixels, 9).has_value());
        auto second = find_palette(photo(name).pixels);
        REQUIRE(first.has_value());
        REQUIRE(second.has_value());
        CHECK((*first == *second));
        const double sum = std::accumulate(first->begin(), first->end(), 0.0,
                                           [](double s, const Swatch& swatch) { return s + swatch.share; });
        CHECK(sum == doctest::Approx(1));
        CHECK(first->size() >= 3);
        CHECK(first->size() <= 6);
    }
}

TEST_CASE("the red bowl's palette has a grey ground and a red") {
    auto palette = find_palette(photo("product.jpg").pixels);
    REQUIRE(palette.has_value());
    const auto channel = [](const Swatch& swatch, std::size_t i) {
        return std::stoi(swatch.color.substr(1 + 2 * i, 2), nullptr, 16);
    };
    const Swatch &ground = palette->at(0), &bowl = palette->at(1);
    CHECK(std::abs(channel(ground, 0) - channel(ground, 2)) < 20);
    CHECK(channel(bowl, 0) > channel(bowl, 1) + 100);
}

TEST_CASE("sharpness falls with blur and is nothing on a plain picture") {
    const auto& sharp = photo("cup.jpg").pixels;
    const double crisp = measure_sharpness(sharp).value();
    const double soft = measure_sharpness(blurred(sharp, 1)).value();
    const double softer = measure_sharpness(blurred(sharp, 4)).value();
    CHECK(crisp > 0.5);
    CHECK(soft < crisp);
    CHECK(softer < soft);
    CHECK(softer < 0.1);
    CHECK(measure_sharpness(plain(300, 300, 90, 90, 90)).value() == 0);
}

TEST_CASE("measures of pixels that do not fit their size are errors") {
    imaging::Pixels broken{10, 10, {}};
    CHECK(find_palette(broken).has_error());
    CHECK(measure_sharpness(broken).has_error());
}

}  // namespace atelier::vision::tests
