#include <doctest/doctest.h>

#include "common/design/schema/check.hpp"
#include "tests/unit/common/design/support/random_design.hpp"
#include "tests/unit/workers/adaptation/design/support/designs.hpp"

namespace atelier::adaptation::design_render {
using namespace testing;

TEST_CASE("any valid design can be laid out for any format, and is valid again") {
    constexpr std::pair<int, int> kSizes[] = {{320, 50}, {160, 600}, {1080, 1080}, {4000, 700}, {16, 16}};
    for (std::uint32_t seed = 0; seed < 60; ++seed)
        for (const auto& [width, height] : kSizes) {
            CAPTURE(seed);
            CAPTURE(width);
            auto out = relayout(test::random_design(seed), width, height);
            if (!out) FAIL(out.error());
            CHECK(out->canvas.width == width);
            CHECK(design::check_design(design::to_json(*out)).empty());
        }
}

TEST_CASE("any valid design can be rendered in every output") {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        // Smaller than they are, so that the largest canvases take no minutes.
        auto design = relayout(test::random_design(seed), 300, 300 + int(seed % 7) * 40);
        REQUIRE(design.has_value());
        for (const Output output : {Output::png, Output::jpeg, Output::webp, Output::svg, Output::pdf})
            CHECK(!rendered(*design, {output, 1, 80, {}}).bytes.empty());
    }
}

}  // namespace atelier::adaptation::design_render
