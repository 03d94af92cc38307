#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/unit/workers/adaptation/design/support/designs.hpp"
#include "tests/unit/workers/adaptation/design/support/distance.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::adaptation::design_render {
using namespace testing;
using design::Design;

namespace {

const std::filesystem::path kGolden =
    std::filesystem::path(ATELIER_SOURCE_DIR) / "tests/unit/workers/adaptation/design/golden";

/// Small copies are kept: enough to see anything that is not where it was.
constexpr int kGoldenSide = 480;

/// Compares a rendering with the one that was looked at. ATELIER_GOLDEN_WRITE=1 keeps the new ones instead:
/// open them before committing them.
void compare_with_golden(const std::string& name, const Design& design) {
    CAPTURE(name);
    const imaging::Image now = picture(rendered(design, {Output::png, 1, 80, {}}).bytes);
    auto small = imaging::fit_within(now, kGoldenSide);
    REQUIRE(small.has_value());
    const std::filesystem::path file = kGolden / (name + ".png");
    if (std::getenv("ATELIER_GOLDEN_WRITE")) {
        imaging::EncodeOptions options;
        options.content_type = "image/png";
        options.max_bytes = 90'000;
        auto encoded = imaging::encode(*small, options);
        REQUIRE(encoded.has_value());
        return write(file, encoded->bytes);
    }
    const Distance found = distance(picture(read(file)), *small);
    CAPTURE(found.mean);
    CAPTURE(found.worst);
    // The quantised colours of the golden pictures of photographs make up to 1.5 of it.
    CHECK(found.mean < 2);
    CHECK(found.worst < 6);
}

}  // namespace

TEST_CASE("the examples look as they did when they were looked at") {
    for (const std::string& name : example_names())
        compare_with_golden(name, example(name));
}

TEST_CASE("shapes, blends, shadows, masks and pictures look as they should") {
    compare_with_golden("shapes", drawn_test("shapes"));
}

TEST_CASE("texts of all kinds look as they should") {
    compare_with_golden("texts", drawn_test("texts"));
}

TEST_CASE("designs in other formats look as they did when they were looked at") {
    constexpr struct {
        const char *name, *golden;
        int width, height;
    } kCases[] = {{"arabic_music_night", "arabic_music_night_1200x630", 1200, 630},
                  {"jazz_poster", "jazz_poster_970x250", 970, 250},
                  {"summer_sale_banner", "summer_sale_banner_1080x1920", 1080, 1920},
                  {"coffee_story", "coffee_story_728x90", 728, 90},
                  {"cafe_menu", "cafe_menu_820x312", 820, 312},
                  {"space_talk", "space_talk_160x600", 160, 600},
                  {"hiking_thumbnail", "hiking_thumbnail_1080x1080", 1080, 1080},
                  {"bakery_voucher", "bakery_voucher_1080x1080", 1080, 1080}};
    for (const auto& c : kCases) {
        auto laid_out = relayout(example(c.name), c.width, c.height);
        REQUIRE(laid_out.has_value());
        compare_with_golden(c.golden, *laid_out);
    }
}

}  // namespace atelier::adaptation::design_render
