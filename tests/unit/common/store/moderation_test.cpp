#include "common/store/moderation.hpp"

#include <doctest/doctest.h>

using namespace atelier;
using namespace atelier::store;

namespace {
json::Value scores(double porn, double hentai, double sexy) {
    return json::Object{{"porn", porn}, {"hentai", hentai}, {"sexy", sexy}};
}
}  // namespace

TEST_CASE("scores at or above a threshold flag a picture") {
    const ModerationThresholds standard;
    CHECK(is_nsfw(standard, scores(0.6, 0, 0)));
    CHECK(is_nsfw(standard, scores(0, 0.61, 0)));
    CHECK(!is_nsfw(standard, scores(0.3, 0.3, 0)));
    CHECK(is_nsfw(standard, scores(0.4, 0.4, 0)));
}

TEST_CASE("sexy alone says nothing unless an organization asks for it") {
    CHECK(!is_nsfw({}, scores(0, 0, 1.0)));
    CHECK(is_nsfw({.sexy = 0.8}, scores(0, 0, 0.9)));
}

TEST_CASE("a threshold of one switches its class off") {
    CHECK(!is_nsfw({.porn = 1, .hentai = 1, .combined = 1}, scores(1, 1, 1)));
}

TEST_CASE("missing or unreadable scores are not safe") {
    CHECK(is_nsfw({}, json::Value()));
    CHECK(is_nsfw({}, json::Object{{"porn", 0.0}, {"hentai", 0.0}}));
    CHECK(is_nsfw({}, json::Object{{"porn", "0"}, {"hentai", 0.0}, {"sexy", 0.0}}));
}

TEST_CASE("thresholds make the round trip and every wrong one is named") {
    const ModerationThresholds own{.porn = 0.5, .hentai = 0.4, .sexy = 0.9, .combined = 0.8};
    CHECK(*parse_thresholds(to_json(own)) == own);
    CHECK(*parse_thresholds(json::Value()) == ModerationThresholds{});
    const auto wrong = parse_thresholds(
        json::Object{{"thresholds", json::Object{{"porn", -0.1}, {"sexy", "high"}, {"hentai", 0.5}}}});
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().details.size() == 2);
}

TEST_CASE("only approved and released pictures are delivered") {
    int deliverable = 0;
    for (const char* name : {"pending", "approved", "flagged", "released", "rejected"}) {
        const auto moderation = parse(name, static_cast<Moderation*>(nullptr));
        REQUIRE(moderation.has_value());
        CHECK(to_string(*moderation) == name);
        deliverable += is_deliverable(*moderation);
    }
    CHECK(deliverable == 2);
    CHECK(!parse("maybe", static_cast<Moderation*>(nullptr)).has_value());
}
