#include "ops/ctl/adapt/photos.hpp"

#include <doctest/doctest.h>

using namespace atelier;
using namespace atelier::ctl;

namespace {

std::string photo(const std::string& name) {
    return std::string(ATELIER_SOURCE_DIR) + "/ops/photos/" + name;
}

}  // namespace

TEST_CASE("a photo that is given twice gets a name of its own each time") {
    const auto photos =
        look_at_photos({photo("cup.jpg"), photo("cup.jpg"), photo("sign.jpg"), photo("cup.jpg")});
    REQUIRE(photos.has_value());
    REQUIRE(photos->size() == 4);
    CHECK((*photos)[0].name == "cup");
    CHECK((*photos)[1].name == "cup-2");
    CHECK((*photos)[2].name == "sign");
    CHECK((*photos)[3].name == "cup-3");
    CHECK((*photos)[0].content_type == "image/jpeg");
    CHECK((*photos)[0].size_bytes == 62306);
}

TEST_CASE("every file that is no photo is named") {
    const auto photos =
        look_at_photos({photo("cup.jpg"), photo("README.md"), photo("nothing.jpg"), photo("")});
    REQUIRE_FALSE(photos.has_value());
    REQUIRE(photos.error().details.size() == 3);
    CHECK(photos.error().details[0].pointer == photo("README.md"));
    CHECK(photos.error().details[1].pointer == photo("nothing.jpg"));
}

TEST_CASE("names hold nothing that leads out of a folder or hides a file") {
    CHECK(safe_name("../a b") == "_.._a_b");
    CHECK(safe_name(".hidden") == "_.hidden");
    CHECK(safe_name("") == "_");
    CHECK(safe_name("café-1.x") == "café-1.x");
}
