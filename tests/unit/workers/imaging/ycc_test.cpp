// Pictures that stay in a JPEG's own channels, and the scaling of one channel.

#include <algorithm>
#include <cstdlib>
#include <random>
#include <vector>

#include "tests/unit/workers/imaging/picture.hpp"
#include "workers/imaging/convolve.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/resample.hpp"
#include "workers/imaging/rotate.hpp"

namespace atelier::imaging {
using namespace testing;

namespace {

constexpr int kHalfChroma = 85, kFullChroma = 95;  // the qualities from which JPEGs are made here

Image decoded(const std::string& jpeg, bool keeps_ycc) {
    auto result = decode(jpeg, {.keeps_ycc = keeps_ycc});
    REQUIRE(result.has_value());
    return result->image;
}

bool is_ycc(const Image& image) {
    return image.bytes() < std::size_t(image.width()) * image.height() * 3;
}

/// Soft colours everywhere different, which half-sized chroma can carry.
Image gradient(int width, int height) {
    return picture(width, height, [&](int x, int y) {
        return Color{std::uint8_t(40 + 180 * x / width), std::uint8_t(220 - 180 * y / height),
                     std::uint8_t(60 + 60 * x / width + 80 * y / height)};
    });
}

int greatest_difference(const Image& a, const Image& b) {
    REQUIRE(a.size() == b.size());
    const Rect all{0, 0, a.width(), a.height()};
    const auto p = sample_area(a, all, 1).value().rgb, q = sample_area(b, all, 1).value().rgb;
    int greatest = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
        greatest = std::max(greatest, std::abs(p[i] - q[i]));
    return greatest;
}

Channel noise(int width, int height) {
    std::mt19937 random(7);
    Channel channel(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            channel.row(y)[x] = static_cast<std::uint8_t>(random());
    return channel;
}

}  // namespace

TEST_CASE("the vectorised sums are those of the plain ones") {
    const Channel from = noise(203, 12);
    std::mt19937 random(3);
    std::vector<std::int16_t> weights(203 * 2 * kBlock);
    for (std::int16_t& w : weights)
        w = static_cast<std::int16_t>(int(random() % 12'000) - 4'000);
    std::vector<const std::uint8_t*> rows;
    for (int y = 0; y < from.height(); ++y)
        rows.push_back(from.row(y));
    std::vector<int> first;
    for (int i = 0; i < 171; ++i)
        first.push_back(i);

    std::vector<std::uint8_t> plain(256), fast(256);
    for (const int width : {1, 8, 171}) {
        CAPTURE(width);
        for (const int count : {2, 12}) {
            plain_convolutions().down(rows.data(), weights.data(), count, plain.data(), width);
            convolutions().down(rows.data(), weights.data(), count, fast.data(), width);
            CHECK(std::equal(plain.begin(), plain.begin() + width, fast.begin()));
        }
        for (const int count : {kBlock, 2 * kBlock}) {
            plain_convolutions().across(from.row(0), first.data(), weights.data(), count, plain.data(),
                                        width);
            convolutions().across(from.row(0), first.data(), weights.data(), count, fast.data(), width);
            CHECK(std::equal(plain.begin(), plain.begin() + width, fast.begin()));
        }
    }
}

TEST_CASE("a channel keeps its values and their places when it is scaled") {
    Channel ramp(200, 100);
    for (int y = 0; y < 100; ++y)
        for (int x = 0; x < 200; ++x)
            ramp.row(y)[x] = static_cast<std::uint8_t>(x / 2 + y);
    for (const Size size : {Size{90, 33}, Size{31, 100}, Size{411, 290}}) {
        CAPTURE(size.width);
        const Channel scaled = resample(ramp, {20, 10, 160, 80}, size);
        for (int y = 0; y < size.height; y += 7)
            for (int x = 0; x < size.width; x += 5) {
                const double at_x = 20 + (x + 0.5) * 160 / size.width - 0.5;
                const double at_y = 10 + (y + 0.5) * 80 / size.height - 0.5;
                CHECK(std::abs(scaled.row(y)[x] - (at_x / 2 + at_y)) < 1.6);
            }
    }
}

TEST_CASE("the channels of a JPEG come upright whichever way the camera was held") {
    for (const int quality : {kHalfChroma, kFullChroma})
        for (const Size size : {Size{96, 64}, Size{71, 53}})
            for (char orientation = 1; orientation <= 8; ++orientation) {
                CAPTURE(quality);
                CAPTURE(size.width);
                CAPTURE(int(orientation));
                const std::string jpeg = with_orientation(
                    encoded(gradient(size.width, size.height), "image/jpeg", quality), orientation);
                const Image kept = decoded(jpeg, true), rgb = decoded(jpeg, false);
                CHECK(greatest_difference(kept, rgb) <= 6);
                CHECK(greatest_difference(fit_within(kept, 40).value(), fit_within(rgb, 40).value()) <= 8);
            }
}

TEST_CASE("upright means as EXIF says") {
    const Color corner[] = {{230, 40, 40}, {40, 200, 40}, {40, 40, 230}, {220, 210, 40}};  // rows of two
    const std::string jpeg =
        encoded(picture(32, 48, [&](int x, int y) { return corner[y / 24 * 2 + x / 16]; }));
    const int shown[8][4] = {{0, 1, 2, 3}, {1, 0, 3, 2}, {3, 2, 1, 0}, {2, 3, 0, 1},
                             {0, 2, 1, 3}, {2, 0, 3, 1}, {3, 1, 2, 0}, {1, 3, 0, 2}};
    for (int orientation = 1; orientation <= 8; ++orientation)
        for (const bool keeps_ycc : {false, true}) {
            CAPTURE(orientation);
            const Image image = decoded(with_orientation(jpeg, char(orientation)), keeps_ycc);
            CHECK(image.size() == (orientation < 5 ? Size{32, 48} : Size{48, 32}));
            for (int i = 0; i < 4; ++i)
                CHECK(near(
                    pixel(image, image.width() / 4 * (i % 2 * 2 + 1), image.height() / 4 * (i / 2 * 2 + 1)),
                    corner[shown[orientation - 1][i]], 12));
        }
}

TEST_CASE("a usual JPEG takes half the memory, and what has no such channels comes as RGB") {
    const std::string usual = encoded(gradient(80, 60), "image/jpeg", kHalfChroma);
    CHECK(decoded(usual, true).bytes() == 80 * 60 * 3 / 2);
    CHECK(is_ycc(decoded(usual, true)));
    CHECK_FALSE(is_ycc(decoded(usual, false)));
    CHECK_FALSE(is_ycc(decoded(encoded(gradient(80, 60), "image/png"), true)));
}

TEST_CASE("cut, scaled and encoded again the colours stay, in every size") {
    const std::string jpeg = encoded(gradient(640, 480), "image/jpeg", kHalfChroma);
    const Image kept = decoded(jpeg, true), rgb = decoded(jpeg, false);
    for (const Size size : {Size{320, 240}, Size{101, 77}, Size{16, 9}, Size{17, 240}, Size{700, 525}})
        for (const char* type : {"image/jpeg", "image/png"}) {
            CAPTURE(size.width);
            CAPTURE(type);
            const Image direct = resize(rgb, size).value(), again = resize(kept, size).value();
            CHECK(again.size() == size);
            CHECK(greatest_difference(decoded(encoded(again, type, kHalfChroma), false), direct) <= 16);
        }
    const Region part{101.5, 33.25, 300, 200};
    CHECK(greatest_difference(resample(kept, part, {150, 100}).value(),
                              resample(rgb, part, {150, 100}).value()) <= 6);
}

TEST_CASE("half of a picture shows what the picture shows") {
    const std::string jpeg = encoded(gradient(401, 299), "image/jpeg", kHalfChroma);
    const Image half = halved(decoded(jpeg, true)).value();
    CHECK(half.size() == Size{201, 150});
    CHECK(is_ycc(half));
    CHECK(greatest_difference(half, resize(decoded(jpeg, false), {201, 150}).value()) <= 6);
}

TEST_CASE("turning and cutting make RGB of it first") {
    const std::string jpeg = encoded(gradient(64, 48), "image/jpeg", kHalfChroma);
    const Image kept = decoded(jpeg, true), rgb = decoded(jpeg, false);
    CHECK(greatest_difference(rotate(kept, 90).value(), rotate(rgb, 90).value()) <= 6);
    CHECK(greatest_difference(extract(kept, {8, 8, 20, 20}).value(), extract(rgb, {8, 8, 20, 20}).value()) <=
          6);
}

TEST_CASE("damaged JPEGs are refused, in channels as in RGB") {
    const std::string whole = encoded(busy(400, 300));
    for (const bool keeps_ycc : {false, true}) {
        for (const std::size_t length :
             {whole.size() / 2, whole.size() / 10, whole.size() - 40, std::size_t(3)})
            CHECK_FALSE(decode(whole.substr(0, length), {.keeps_ycc = keeps_ycc}).has_value());
        std::string broken = whole;
        for (std::size_t i = 160; i < 200; ++i)
            broken[i] = char(0xff);
        CHECK_FALSE(decode(broken, {.keeps_ycc = keeps_ycc}).has_value());
    }
}

}  // namespace atelier::imaging
