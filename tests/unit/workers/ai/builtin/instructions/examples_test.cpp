// Every example of the README is followed as it promises.

#include <doctest/doctest.h>

#include "tests/unit/workers/ai/builtin/instructions/support.hpp"

using namespace atelier;
using namespace atelier::test;

TEST_CASE("every example in the README is understood whole, changes the design and leaves it valid") {
    const auto forms = documented_forms();
    CHECK(forms.size() >= 40);
    for (const DocumentedForm& row : forms) {
        CAPTURE(row.form);
        CAPTURE(row.instruction);
        const Edited after = edited(row.design, row.instruction);
        CHECK(after.followed.not_understood.empty());
        CHECK_FALSE(after.followed.summary.empty());
        CHECK((!after.followed.patch.empty() || after.followed.translate_to));
    }
}

TEST_CASE("equal instructions give equal patches") {
    for (const DocumentedForm& row : documented_forms()) {
        const auto once = ai::builtin::follow(example_design(row.design), row.instruction, strange_kit(),
                                              design::estimated_measurer());
        const auto again = ai::builtin::follow(example_design(row.design), row.instruction, strange_kit(),
                                               design::estimated_measurer());
        REQUIRE(once.has_value());
        CHECK(once->patch == again->patch);
        CHECK(once->summary == again->summary);
    }
}
