#include "common/design/fabric/fabric.hpp"

#include <doctest/doctest.h>

#include "common/design/schema/check.hpp"
#include "tests/unit/common/design/fuzz/mutate.hpp"
#include "tests/unit/common/design/support/differences.hpp"
#include "tests/unit/common/design/support/examples.hpp"
#include "tests/unit/common/design/support/random_design.hpp"

using namespace atelier;
using namespace atelier::design;

namespace {

FabricPictures pictures() {
    return [](const Picture& picture) -> std::optional<FabricPicture> {
        if (picture.asset_id == "portrait") return FabricPicture{"/files/portrait.jpg", 640, 960};
        if (picture.asset_id == "product") return FabricPicture{"/files/product.jpg", 1200, 800};
        return std::nullopt;
    };
}

}  // namespace

TEST_CASE("every example comes back from Fabric's JSON as it was") {
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const auto back = from_fabric(to_fabric(*parse_design(sample.value), pictures()));
        REQUIRE(back.has_value());
        CHECK(test::first_difference(to_json(*back), sample.value) == "");
    }
}

TEST_CASE("any design comes back from Fabric's JSON as it was, to the last digit") {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const Design design = test::random_design(seed);
        REQUIRE(check_design(to_json(design)).empty());
        const auto back = from_fabric(to_fabric(design, pictures()));
        REQUIRE(back.has_value());
        REQUIRE(test::first_difference(to_json(*back), to_json(design)) == "");
    }
}

TEST_CASE("whatever is done to a canvas's JSON, it becomes a valid design or is refused") {
    std::mt19937 random(20261121);
    for (int i = 0; i < 1500; ++i) {
        CAPTURE(i);
        json::Value canvas = to_fabric(test::random_design(random()), pictures());
        for (int times = 1 + i % 8; times > 0; --times)
            canvas = test::mutate_value(std::move(canvas), random);
        const auto design = from_fabric(canvas);
        if (!design) {
            REQUIRE(design.error().code == ErrorCode::bad_request);
            continue;
        }
        REQUIRE(check_design(to_json(*design)).empty());
        const auto again = from_fabric(to_fabric(*design, pictures()));
        REQUIRE(again.has_value());
        REQUIRE(test::first_difference(to_json(*again), to_json(*design)) == "");
    }
}

TEST_CASE("what is no canvas is refused") {
    for (const json::Value& value :
         {json::Value(), json::Value("x"), json::Value(json::Object{{"objects", 3}})})
        CHECK(from_fabric(value).error().code == ErrorCode::bad_request);
}
