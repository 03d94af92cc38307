#include "api/handlers/catalog/slug.hpp"

#include <doctest/doctest.h>

using namespace atelier;
using namespace atelier::api;

TEST_CASE("a slug is made of what a name has of letters and digits") {
    CHECK(*slug_of("Instagram Story (9:16)") == "instagram-story-9-16");
    CHECK(*slug_of("  A4 @ 300 dpi!") == "a4-300-dpi");
    CHECK(*slug_of("Bühne") == "b-hne");
    CHECK(slug_of(std::string(200, 'x'))->size() == 64);
    CHECK(slug_of(std::string(63, 'x') + " y")->size() == 63);
}

TEST_CASE("a name without letters or digits makes no slug") {
    const auto none = slug_of("漢字");
    REQUIRE(none.has_error());
    CHECK(none.error().details.at(0).pointer == "/slug");
}
