#include "common/json/patch.hpp"

#include <doctest/doctest.h>

#include "common/json/pointer.hpp"

using namespace atelier;
using json::Value;

namespace {

Value parsed(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    return std::move(*value);
}

/// The document after the patch, or the error's code.
std::string patched(std::string_view document, std::string_view patch) {
    Value value = parsed(document);
    const auto operations = json::parse_patch(parsed(patch));
    REQUIRE(operations.has_value());
    const auto applied = json::apply(value, *operations);
    return applied ? json::write(value) : std::string(to_string(applied.error().code));
}

}  // namespace

TEST_CASE("a pointer leads to members, elements and keys with slashes and tildes") {
    const Value value = parsed(R"({"a/b": {"c~d": [10, 20]}, "": 1})");
    CHECK(*json::follow(value, "/a~1b/c~0d/1") == Value(20));
    CHECK(*json::follow(value, "") == value);
    CHECK(*json::follow(value, "/") == Value(1));
    for (const char* nowhere : {"/a~1b/c~0d/2", "/a~1b/c~0d/01", "/a~1b/c~0d/-", "/x", "a", "/a~2"})
        CHECK(json::follow(value, nowhere) == nullptr);
}

TEST_CASE("each operation does what RFC 6902 says") {
    CHECK(patched(R"({"a":1})", R"([{"op":"add","path":"/b","value":[1]}])") == R"({"a":1,"b":[1]})");
    CHECK(patched(R"([1,3])", R"([{"op":"add","path":"/1","value":2}])") == "[1,2,3]");
    CHECK(patched(R"([1])", R"([{"op":"add","path":"/-","value":2}])") == "[1,2]");
    CHECK(patched(R"({"a":1})", R"([{"op":"add","path":"/a","value":2}])") == R"({"a":2})");
    CHECK(patched(R"({"a":1,"b":2})", R"([{"op":"remove","path":"/a"}])") == R"({"b":2})");
    CHECK(patched(R"([1,2])", R"([{"op":"remove","path":"/0"}])") == "[2]");
    CHECK(patched(R"({"a":1})", R"([{"op":"replace","path":"/a","value":{}}])") == R"({"a":{}})");
    CHECK(patched(R"({"a":1})", R"([{"op":"replace","path":"","value":7}])") == "7");
    CHECK(patched(R"({"a":{"b":1}})", R"([{"op":"move","from":"/a/b","path":"/c"}])") == R"({"a":{},"c":1})");
    CHECK(patched(R"([1,2,3])", R"([{"op":"move","from":"/2","path":"/0"}])") == "[3,1,2]");
    CHECK(patched(R"({"a":[1]})", R"([{"op":"copy","from":"/a","path":"/b"}])") == R"({"a":[1],"b":[1]})");
    CHECK(patched(R"({"a":1})", R"([{"op":"test","path":"/a","value":1.0}])") == R"({"a":1})");
}

TEST_CASE("an operation that leads nowhere changes nothing, and neither does its patch") {
    for (const char* bad :
         {R"({"op":"remove","path":"/x"})", R"({"op":"replace","path":"/x","value":1})",
          R"({"op":"add","path":"/x/y","value":1})", R"({"op":"add","path":"/l/5","value":1})",
          R"({"op":"move","from":"/l","path":"/l/0"})", R"({"op":"move","from":"/a","path":"/x/y"})",
          R"({"op":"copy","from":"/x","path":"/y"})", R"({"op":"test","path":"/a","value":2})"}) {
        CAPTURE(bad);
        Value value = parsed(R"({"a":1,"l":[]})");
        const std::string patch = std::string(R"([{"op":"replace","path":"/a","value":1},)") + bad + "]";
        const auto applied = json::apply(value, *json::parse_patch(parsed(patch)));
        REQUIRE(!applied);
        CHECK(applied.error().code == ErrorCode::conflict);
        CHECK(value == parsed(R"({"a":1,"l":[]})"));
        Value alone = parsed(R"({"a":1,"l":[]})");
        CHECK(!json::apply(alone, json::parse_patch(parsed("[" + std::string(bad) + "]"))->front()));
        CHECK(alone == parsed(R"({"a":1,"l":[]})"));
    }
}

TEST_CASE("every wrong member of a patch is named") {
    const auto patch =
        json::parse_patch(parsed(R"([{"op":"jump"},{"op":"add","path":"x"},{"op":"move","path":"/a"}])"));
    REQUIRE(!patch);
    std::string pointers;
    for (const FieldError& error : patch.error().details)
        pointers += error.pointer + " ";
    CHECK(pointers == "/0/op /1/path /1/value /2/from ");
}

TEST_CASE("a difference turns one document into the other and survives being written") {
    const char* documents[] = {"1",
                               "{}",
                               R"({"a":[1,2,{"b":null}],"c":"x"})",
                               R"({"a":[1,{"b":3}],"d":{}})",
                               "[[],[1]]",
                               R"({"a":[1,2,{"b":null},4,5]})"};
    for (const char* from : documents)
        for (const char* to : documents) {
            Value value = parsed(from);
            const json::Patch patch = json::diff(value, parsed(to));
            CHECK(patch.empty() == (std::string_view(from) == to));
            CHECK(*json::parse_patch(json::to_json(patch)) == patch);
            REQUIRE(json::apply(value, patch));
            CHECK(value == parsed(to));
        }
}
