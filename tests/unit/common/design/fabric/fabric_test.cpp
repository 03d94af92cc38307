#include "common/design/fabric/fabric.hpp"

#include <doctest/doctest.h>

#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::design;

TEST_CASE("every example comes back from Fabric as it was") {
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const Design design = *parse_design(sample.value);
        const auto back = from_fabric(to_fabric(design));
        REQUIRE(back.has_value());
        CHECK(to_json(*back) == sample.value);
    }
}
