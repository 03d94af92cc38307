#include <cmath>

#include "tests/unit/workers/imaging/picture.hpp"
#include "workers/imaging/adjust.hpp"
#include "workers/imaging/blur.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/extend.hpp"
#include "workers/imaging/overlay.hpp"
#include "workers/imaging/rotate.hpp"
#include "workers/imaging/scrim.hpp"
#include "workers/imaging/text_fit.hpp"

namespace atelier::imaging {
using namespace testing;

namespace {

const Color kGreen{40, 160, 60}, kGrey{128, 128, 128};

}  // namespace

TEST_CASE("resampling gives exactly the asked pixels, even of the last row and column") {
    const Image photo = busy(997, 661);
    for (const Size size : {Size{300, 250}, Size{1080, 1080}, Size{33, 77}, Size{1, 1}}) {
        const double aspect = double(size.width) / size.height;
        const double width = std::min(997.0, 661 * aspect), height = width / aspect;
        auto out = resample(photo, {997 - width, 661 - height, width, height}, size);
        REQUIRE(out.has_value());
        CHECK(out->size() == size);
        CHECK(in_memory(*out).has_value());
    }
}

TEST_CASE("a plain border is carried on without a visible seam") {
    const Image photo = picture(300, 200, [](int x, int y) {
        return std::hypot(x - 150, y - 100) < 60 ? Color{200, 30, 30} : Color{210, 205, 200};
    });
    auto out = extend(photo, {900, 200}, 300, 0, {});
    REQUIRE(out.has_value());
    CHECK(out->used == Fill::edge);
    CHECK(out->image.size() == Size{900, 200});
    CHECK(near(pixel(out->image, 295, 100), pixel(out->image, 305, 100), 4));
    CHECK(near(pixel(out->image, 10, 100), {210, 205, 200}, 4));
    CHECK(near(pixel(out->image, 450, 100), {200, 30, 30}, 2));
}

TEST_CASE("a busy border is blurred, and every fill gives the whole canvas") {
    const Image photo = busy(200, 120);
    auto chosen = extend(photo, {200, 400}, 0, 140, {});
    REQUIRE(chosen.has_value());
    CHECK(chosen->used == Fill::blur);
    for (const Fill fill : {Fill::blur, Fill::mirror, Fill::edge, Fill::color}) {
        auto out = extend(photo, {200, 400}, 0, 140, {fill, kGreen, {}});
        REQUIRE(out.has_value());
        CHECK(in_memory(out->image).has_value());
        CHECK(out->image.size() == Size{200, 400});
        CHECK(near(pixel(out->image, 100, 200), pixel(photo, 100, 60), 2));
    }
    auto colored = extend(photo, {200, 400}, 0, 140, {Fill::color, kGreen, {}});
    CHECK(near(pixel(colored->image, 3, 3), kGreen, 0));
    CHECK_FALSE(extend(photo, {200, 100}, 0, 0, {}).has_value());
}

TEST_CASE("quarter turns are exact and free angles leave no empty corner") {
    const Image photo = flat(200, 100, kGreen);
    CHECK(rotate(photo, 90)->size() == Size{100, 200});
    CHECK(rotate(photo, -180)->size() == Size{200, 100});
    for (const double degrees : {3.0, -7.5, 33.0, 100.0}) {
        auto turned = rotate(photo, degrees);
        REQUIRE(turned.has_value());
        CHECK(turned->size() == rotated_size({200, 100}, degrees));
        const int right = turned->width() - 1, bottom = turned->height() - 1;
        for (const auto& [x, y] : {std::pair{0, 0}, {right, 0}, {0, bottom}, {right, bottom}})
            CHECK(near(pixel(*turned, x, y), kGreen, 12));
    }
}

TEST_CASE("tones change as their factors say, and factors of one change nothing") {
    CHECK(near(pixel(*adjust(flat(4, 4, {100, 100, 100}), {1.5, 1, 1}), 0, 0), {150, 150, 150}, 1));
    CHECK(near(pixel(*adjust(flat(4, 4, {28, 128, 228}), {1, 0.5, 1}), 0, 0), {78, 128, 178}, 1));
    const Color grey = pixel(*adjust(flat(4, 4, {200, 40, 90}), {1, 1, 0}), 0, 0);
    CHECK(grey.r == grey.g);
    CHECK(grey.g == grey.b);
    CHECK(pixel(*adjust(flat(4, 4, {9, 8, 7}), {}), 0, 0) == Color{9, 8, 7});
}

TEST_CASE("a blurred preview keeps colours and nothing else") {
    const Image stripes = picture(400, 300, [](int x, int) { return x / 10 % 2 ? kWhite : Color{0, 0, 0}; });
    auto blurred = blur_beyond_recognition(stripes);
    REQUIRE(blurred.has_value());
    CHECK(blurred->size() == stripes.size());
    for (int x = 50; x < 350; x += 13)
        CHECK(near(pixel(*blurred, x, 150), kGrey, 40));
}

TEST_CASE("a logo lands where it should and may hang over the edge") {
    auto out = overlay(flat(100, 100, kGrey), flat(10, 10, kGreen), 90, 90, 40, 0.5);
    REQUIRE(out.has_value());
    CHECK(out->size() == Size{100, 100});
    CHECK(near(pixel(*out, 95, 95), {84, 144, 94}, 2));
    CHECK(pixel(*out, 80, 80) == kGrey);
}

TEST_CASE("a scrim is solid behind the text and gone where its fade ends") {
    auto out = scrim(flat(300, 300, kWhite), {{100, 100, 80, 40}, 50, {0, 0, 0}, 0.6});
    REQUIRE(out.has_value());
    CHECK(near(pixel(*out, 101, 139), {102, 102, 102}, 3));
    CHECK(near(pixel(*out, 140, 120), {102, 102, 102}, 2));
    CHECK(near(pixel(*out, 10, 10), kWhite, 1));
}

TEST_CASE("text fills its box at the largest size that fits and never breaks a word") {
    TextStyle style;
    const FitBox box{300, 120, 10, 90, 3};
    auto fitted = fit_text("Extraordinary evenings at home", style, box);
    REQUIRE(fitted.has_value());
    CHECK(fitted->metrics.ink_height <= 120);
    CHECK(fitted->metrics.lines <= 3);
    CHECK(fitted->metrics.width <= 300.5);
    style.size_px = fitted->style.size_px + 1;
    const TextMetrics larger = measure_text("Extraordinary evenings at home", style, 300);
    CHECK((larger.ink_height > 120 || larger.lines > 3 || !larger.is_within_width));
    CHECK_FALSE(fit_text("Donaudampfschifffahrtsgesellschaft", style, {60, 20, 12, 20, 1}).has_value());
}

TEST_CASE("right-to-left text is shaped and reported as such") {
    TextStyle style;
    CHECK(measure_text("שלום עולם", style, 400).is_rtl);
    CHECK_FALSE(measure_text("Hello", style, 400).is_rtl);
    CHECK(has_font("dejavu sans"));
    CHECK_FALSE(has_font("No Such Family"));
}

TEST_CASE("drawn text paints in its colour inside the measured box only") {
    TextStyle style;
    style.size_px = 60;
    style.weight = 800;
    const TextMetrics m = measure_text("HIL", style, 400);
    auto out = draw_text(flat(400, 200, {0, 0, 0}), "HIL", style, 400, 50, 40);
    REQUIRE(out.has_value());
    int painted = 0, outside = 0;
    auto pixels = to_pixels(*out, 400)->pixels;
    for (int y = 0; y < 200; ++y)
        for (int x = 0; x < 400; ++x) {
            if (pixels.rgb[(y * 400 + x) * 3] < 100) continue;
            ++painted;
            outside += x < 50 + m.ink_x - 2 || x > 52 + m.ink_x + m.ink_width || y < 38 + m.ink_y ||
                       y > 42 + m.ink_y + m.ink_height;
        }
    CHECK(painted > 500);
    CHECK(outside == 0);
}

TEST_CASE("text looks the same at every size, its shadow too") {
    const auto drawn = [](int scale) {
        TextStyle style;
        style.size_px = 30.0 * scale;
        style.shadow = Shadow{{0, 0, 0}, 0, 0.1, 0.2, 0.8};
        const Image ground = flat(200 * scale, 100 * scale, {120, 160, 200});
        auto out = draw_text(ground, "Two lines of it", style, 120.0 * scale, 30.0 * scale, 8.0 * scale);
        REQUIRE(out.has_value());
        return *to_pixels(*out, 200);
    };
    const auto small = drawn(1).pixels.rgb, large = drawn(8).pixels.rgb;
    REQUIRE(small.size() == large.size());
    double difference = 0;
    for (std::size_t i = 0; i < small.size(); ++i)
        difference += std::abs(small[i] - large[i]);
    // Cairo puts glyphs on whole pixels, which shows a little at the small size.
    CHECK(difference / double(small.size()) < 2);
    CHECK(std::count_if(large.begin(), large.end(), [](int level) { return level < 90; }) > 200);
}

TEST_CASE("a byte limit lowers the quality just as far as needed, or says that it cannot") {
    const Image photo = busy(400, 300);
    for (const char* type : {"image/jpeg", "image/webp"}) {
        CAPTURE(type);
        EncodeOptions options{type, 90, 0, 20};
        const std::size_t full = encode(photo, options)->bytes.size();
        options.max_bytes = full * 2 / 3;
        auto smaller = encode(photo, options);
        REQUIRE(smaller.has_value());
        CHECK(smaller->bytes.size() <= options.max_bytes);
        CHECK(smaller->is_reduced);
        CHECK(smaller->quality < 90);
        CHECK(encode(photo, options)->bytes == smaller->bytes);
        options.max_bytes = 500;
        auto impossible = encode(photo, options);
        REQUIRE_FALSE(impossible.has_value());
        CHECK(impossible.error().code == ErrorCode::too_large);
    }
    CHECK(encode(photo, {"image/gif", 80, 0, 20}).error().code == ErrorCode::validation_failed);
}

TEST_CASE("colours are read as people write them, and contrast is WCAG's") {
    CHECK(*parse_color("#fff") == kWhite);
    CHECK(*parse_color("#1a2B3c") == Color{26, 43, 60});
    CHECK_FALSE(parse_color("red"));
    CHECK_FALSE(parse_color("#12345"));
    CHECK_FALSE(parse_color("#gggggg"));
    CHECK(contrast(kWhite, {0, 0, 0}) == doctest::Approx(21));
    CHECK(contrast(Color{118, 118, 118}, kWhite) == doctest::Approx(4.54).epsilon(0.01));
}

}  // namespace atelier::imaging
