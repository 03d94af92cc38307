#include <doctest/doctest.h>

#include "tests/unit/common/design/fuzz/mutate.hpp"
#include "tests/unit/common/design/fuzz/properties.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::test;

TEST_CASE("a thousand random texts and values never break a property of the pipeline") {
    std::mt19937 random(20261121);
    for (int i = 0; i < 1000; ++i) {
        const Example &one = examples()[random() % examples().size()],
                      &other = examples()[random() % examples().size()];
        const std::string text =
            i % 2 ? mutate_text(one.text, other.text, random) : json::write(mutate_value(one.value, random));
        CAPTURE(i);
        REQUIRE_EQ(broken_property(text), "");
    }
}
