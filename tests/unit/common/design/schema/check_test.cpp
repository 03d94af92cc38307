#include "common/design/schema/check.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "common/json/pointer.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using json::Object;
using json::Value;

namespace {

/// `pointer rule` of every error, one a line, after setting these places to these values.
std::string broken(std::vector<std::pair<std::string, Value>> changes) {
    Value design = test::example("quote_card");
    for (auto& [pointer, value] : changes)
        *json::follow(design, pointer) = std::move(value);
    std::string out;
    for (const FieldError& error : design::check_design(design))
        out += error.pointer + " " + error.rule + "\n";
    return out;
}

}  // namespace

TEST_CASE("the examples fit the schema and its rules") {
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        CHECK(design::check_design(sample.value).empty());
    }
}

TEST_CASE("every wrong field of a design is named by its pointer") {
    CHECK(broken({{"/canvas/width", "1080"},
                  {"/meta/title", ""},
                  {"/layers/1/style/fill/color", "red"},
                  {"/layers/1/style/font_size", 0},
                  {"/layers/2/opacity", 1.5},
                  {"/layers/2/corner_radii", json::Array{1}},
                  {"/layers/3/align", "middle"}}) ==
          "/meta/title minLength\n/canvas/width type\n/layers/1/style/font_size minimum\n"
          "/layers/1/style/fill/color format\n/layers/2/opacity maximum\n/layers/2/corner_radii minItems\n"
          "/layers/3/align enum\n");
}

TEST_CASE("rules between fields are checked after the schema") {
    CHECK(broken({{"/layers/1/id", "mark"}}) == "/layers/1/id unique\n");
    CHECK(broken({{"/layers/1/z_index", 4}}) == "/layers/1/z_index order\n");
    CHECK(broken({{"/layers/2/shape", "polygon"}}) == "/layers/2/points required\n");
    const Value falling = *json::parse(
        R"({"type":"linear","angle":0,"stops":[{"offset":0.5,"color":"#ffffff"},{"offset":0.2,"color":"#000000"}]})");
    CHECK(broken({{"/canvas/background/fill", falling}}) == "/canvas/background/fill/stops/1/offset order\n");
}

TEST_CASE("groups may be nested four deep, and no deeper") {
    Value design = test::example("quote_card");
    const auto group = [](const char* id, Value inner) {
        Value out = *json::parse(
            R"({"type":"group","name":"","role":"decoration","x":0,"y":0,"width":9,"height":9,"rotation":0,
            "opacity":1,"blend":"normal","z_index":0,"locked":false,"visible":true})");
        return out.set("id", id).set("layers",
                                     inner.is_null() ? Value(json::Array{}) : Value(json::Array{inner}));
    };
    const auto with = [&](const Value& layer) {
        Value out = design;
        out.set("layers", json::Array{layer});
        return design::check_design(out);
    };
    const Value four = group("a", group("b", group("c", group("d", {}))));
    CHECK(with(four).empty());
    const auto errors = with(group("z", four));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].rule == "maxDepth");
}

TEST_CASE("every required field of the schema that is no list item has a default or a rule that makes one") {
    const Object& definitions = design::design_schema()["definitions"].object();
    for (const auto& [name, definition] : definitions)
        for (const Value& field : definition["required"].array()) {
            const std::string& key = field.as_string();
            CAPTURE(name);
            CAPTURE(key);
            const bool is_given = key == "id" || key == "type" || key == "runs" || key == "text";
            CHECK((is_given || definition["properties"][key].has("default")));
        }
}
