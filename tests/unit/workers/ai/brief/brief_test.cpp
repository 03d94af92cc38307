#include "workers/ai/brief/brief.hpp"

#include <doctest/doctest.h>

using namespace atelier;
using namespace atelier::ai;

namespace {

Brief lamps() {
    Brief brief;
    brief.prompt = "Lamp sale at Tavola, navy and gold";
    brief.language = "en";
    brief.title = "Lamp sale";
    brief.intent = Intent::sale;
    brief.purpose = "sale banner";
    brief.subject = "lamps";
    brief.brand = "Tavola";
    brief.tone = {"warm", "quiet"};
    brief.mood = Mood::dark;
    brief.colors = {{0x0a, 0x1f, 0x44, 255}, {0xd4, 0xa5, 0x37, 255}};
    brief.style_keywords = {"gold accents"};
    brief.motifs = {"window"};
    brief.image_prompt = "a warm lamp in a dark room";
    brief.copies = {{.headline = "Light up", .cta = "Shop now"},
                    {.headline = "Lamps, less", .badge = "–20%"}};
    return brief;
}

}  // namespace

TEST_CASE("a brief survives its JSON") {
    const auto read = parse_brief(to_json(lamps()));
    REQUIRE_MESSAGE(read.has_value(), read.error());
    CHECK(*read == lamps());
}

TEST_CASE("every wrong member of a brief is named") {
    json::Value value = to_json(lamps());
    value.set("intent", "gossip")
        .set("copies", json::Array{})
        .set("mood", 3)
        .set("colors", json::Array{"gold"});
    value.set("extra", 1);
    const auto read = parse_brief(value);
    REQUIRE_FALSE(read.has_value());
    const Error error = read.error();
    std::vector<std::string> pointers;
    for (const FieldError& field : error.details)
        pointers.push_back(field.pointer);
    for (const char* pointer : {"/intent", "/copies", "/mood", "/colors/0", "/extra"})
        CHECK(std::find(pointers.begin(), pointers.end(), pointer) != pointers.end());
}
