#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "workers/ai/builtin/art/art.hpp"
#include "workers/ai/builtin/art/technique.hpp"
#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/ai/builtin/subjects/words.hpp"
#include "workers/imaging/premultiplied.hpp"
#include "workers/imaging/start.hpp"

namespace atelier::ai::builtin {
namespace {

ArtRequest request_for(std::string prompt, int width = 256, int height = 256, std::uint64_t seed = 5) {
    ArtRequest request;
    request.prompt = std::move(prompt);
    request.width = width;
    request.height = height;
    request.seed = seed;
    return request;
}

imaging::Premultiplied pixels_of(const ArtRequest& request) {
    REQUIRE(imaging::init().has_value());
    const auto image = paint(request);
    REQUIRE(image.has_value());
    auto pixels = imaging::to_premultiplied(*image);
    REQUIRE(pixels.has_value());
    return std::move(*pixels);
}

Oklab color_at(const imaging::Premultiplied& pixels, int x, int y) {
    const std::uint32_t v = pixels.values[std::size_t(y) * std::size_t(pixels.size.width) + std::size_t(x)];
    return to_oklab(design::Color{std::uint8_t(v >> 16), std::uint8_t(v >> 8), std::uint8_t(v)});
}

/// Mean difference in colour between cells of 4 × 4 pixels that lie side by side, in a part of the picture
/// (fractions): what a reader's eye stumbles over. Cells, so that grain does not count.
double restlessness(const imaging::Premultiplied& pixels, double left, double top, double right,
                    double bottom) {
    constexpr int kCell = 4;
    const auto cell_at = [&](int column, int row) {
        Oklab sum;
        for (int y = 0; y < kCell; ++y)
            for (int x = 0; x < kCell; ++x) {
                const Oklab c = color_at(pixels, column * kCell + x, row * kCell + y);
                sum = {sum.l + c.l, sum.a + c.a, sum.b + c.b};
            }
        return sum;
    };
    const int columns = pixels.size.width / kCell, rows = pixels.size.height / kCell;
    double total = 0, count = 0;
    for (int row = int(top * rows); row + 1 < int(bottom * rows); ++row)
        for (int column = int(left * columns); column + 1 < int(right * columns); ++column) {
            const Oklab here = cell_at(column, row), beside = cell_at(column + 1, row),
                        below = cell_at(column, row + 1);
            total += std::hypot(here.l - beside.l, here.a - beside.a, here.b - beside.b) +
                     std::hypot(here.l - below.l, here.a - below.a, here.b - below.b);
            ++count;
        }
    return total / count;
}

}  // namespace

TEST_CASE("equal requests give equal pictures, other seeds give others") {
    for (const art::Technique& technique : art::techniques()) {
        CAPTURE(technique.name);
        const std::string prompt(split(technique.words, '|').front());
        const auto first = pixels_of(request_for(prompt)), second = pixels_of(request_for(prompt));
        CHECK(first.values == second.values);
        CHECK(first.values != pixels_of(request_for(prompt, 256, 256, 6)).values);
    }
}

TEST_CASE("every technique fills pictures of all shapes") {
    for (const art::Technique& technique : art::techniques())
        for (const imaging::Size size :
             {imaging::Size{16, 16}, imaging::Size{320, 50}, imaging::Size{120, 213}}) {
            CAPTURE(technique.name);
            CAPTURE(size.width);
            const auto pixels = pixels_of(
                request_for(std::string(split(technique.words, '|').front()), size.width, size.height));
            CHECK(pixels.size == size);
            CHECK_FALSE(pixels.has_alpha);
        }
}

TEST_CASE("the calm side is calmer than the other") {
    struct Part {
        double left, top, right, bottom;
    };
    struct Sides {
        std::string_view words;
        Part calm, middle, other;
    };
    constexpr Part kLeft{0, 0, 0.33, 1}, kRight{0.67, 0, 1, 1}, kTop{0, 0, 1, 0.33}, kBottom{0, 0.67, 1, 1};
    constexpr Part kUpright{0.33, 0, 0.67, 1}, kLevel{0, 0.33, 1, 0.67};
    constexpr std::array<Sides, 4> kSides{{{"calm on the left", kLeft, kUpright, kRight},
                                           {"calm on the right", kRight, kUpright, kLeft},
                                           {"calm at the top", kTop, kLevel, kBottom},
                                           {"calm at the bottom", kBottom, kLevel, kTop}}};
    for (const art::Technique& technique : art::techniques()) {
        if (technique.name == "studio") continue;  // calm all over
        for (const Sides& side : kSides) {
            CAPTURE(technique.name);
            CAPTURE(side.words);
            const auto pixels =
                pixels_of(request_for(std::string(split(technique.words, '|').front()) +
                                      ", #14234b #f2b632 #e27d60, " + std::string(side.words)));
            const auto unrest = [&](const Part& p) {
                return restlessness(pixels, p.left, p.top, p.right, p.bottom);
            };
            CHECK(unrest(side.calm) < 0.7 * std::max(unrest(side.middle), unrest(side.other)));
        }
    }
}

TEST_CASE("pictures keep to the colours that were told") {
    const std::array<Oklch, 2> told{to_oklch(design::Color{0x14, 0x23, 0x4b}),
                                    to_oklch(design::Color{0xf2, 0xb6, 0x32})};
    for (const art::Technique& technique : art::techniques()) {
        CAPTURE(technique.name);
        const auto pixels =
            pixels_of(request_for(std::string(split(technique.words, '|').front()) + ", #14234b #f2b632"));
        int colorful = 0, near = 0;
        for (int y = 0; y < pixels.size.height; y += 2)
            for (int x = 0; x < pixels.size.width; x += 2) {
                const Oklch c = to_oklch(color_at(pixels, x, y));
                if (c.chroma < 0.05F) continue;  // what lies between two hues is grey
                ++colorful;
                near += std::ranges::any_of(told,
                                            [&](const Oklch& t) { return hue_distance(c.hue, t.hue) < 40; });
            }
        CHECK(colorful > 300);
        CHECK(near > colorful * 0.85);
    }
}

TEST_CASE("a cut-out is clear at its corners and solid in its middle, also when nobody knows the thing") {
    for (const std::string prompt :
         {"headphones, three-quarter view", "quantum synergy flux", "pancakes, coffee and flowers",
          "sneakers, silhouette", "camera, glowing, #101010 #d4a537"}) {
        CAPTURE(prompt);
        ArtRequest request = request_for(prompt + ", on a transparent background", 300, 200);
        request.transparent = true;
        const auto pixels = pixels_of(request);
        CHECK(pixels.size == imaging::Size{300, 200});
        CHECK(pixels.has_alpha);
        for (const std::size_t corner : {0U, 299U, 300U * 199U, 300U * 200U - 1})
            CHECK((pixels.values[corner] >> 24) == 0);
        const auto solid =
            std::ranges::count_if(pixels.values, [](std::uint32_t v) { return v >> 24 > 250; });
        CHECK(solid > 300 * 200 / 25);
    }
}

TEST_CASE("a thing that is named stands in its picture") {
    const auto without = pixels_of(request_for("studio backdrop, #f4ece6 #7fa38b")),
               with = pixels_of(request_for("red apple, studio backdrop, #f4ece6 #7fa38b"));
    int reds = 0;
    for (int y = 0; y < 256; ++y)
        for (int x = 0; x < 256; ++x) {
            const Oklch c = to_oklch(color_at(with, x, y));
            reds += c.chroma > 0.15F && hue_distance(c.hue, 25) < 25;
        }
    CHECK(reds > 256 * 256 / 20);
    CHECK(with.values != without.values);
}

TEST_CASE("impossible sizes are refused") {
    for (const imaging::Size size :
         {imaging::Size{15, 64}, imaging::Size{64, 4097}, imaging::Size{0, 0}, imaging::Size{-5, 64}}) {
        const auto image = paint(request_for("bokeh", size.width, size.height));
        REQUIRE_FALSE(image.has_value());
        CHECK(image.error().code == ErrorCode::validation_failed);
    }
}

TEST_CASE("who is told to stop paints nothing") {
    async::StopSource source;
    source.request_stop();
    for (const art::Technique& technique : art::techniques()) {
        ArtRequest request = request_for(std::string(split(technique.words, '|').front()));
        request.stop = source.get_token();
        const auto image = paint(request);
        REQUIRE_FALSE(image.has_value());
        CHECK(image.error().code == ErrorCode::conflict);
    }
    ArtRequest cut = request_for("headphones");
    cut.transparent = true;
    cut.stop = source.get_token();
    CHECK(paint(cut).error().code == ErrorCode::conflict);
}

}  // namespace atelier::ai::builtin
