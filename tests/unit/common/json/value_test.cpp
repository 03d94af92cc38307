#include "common/json/value.hpp"

#include <doctest/doctest.h>

using namespace atelier;

TEST_CASE("a document survives reading and writing") {
    const std::string text = R"({"a":[1,-2,2.5,true,null],"b":{"c":"d\u00e9"},"big":9223372036854775807})";
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    CHECK((*value)["a"].at(0).as_int() == 1);
    CHECK((*value)["b"]["c"].as_string() == "d\u00e9");
    CHECK((*value)["big"].as_int() == INT64_MAX);
    CHECK(json::parse(json::write(*value)) == value);
}

TEST_CASE("what is not JSON is refused with its byte") {
    for (const char* text : {"", "{", "{'a':1}", "[1,]", "{\"a\":1} x", "\"\xff\"", "nul", "{\"a\":1,\"a\":2}"}) {
        CAPTURE(text);
        auto value = json::parse(text);
        REQUIRE(value.has_error());
        CHECK(value.error().code == ErrorCode::bad_request);
    }
}

TEST_CASE("a key given twice is refused in large objects as well") {
    std::string text = "{";
    for (int i = 0; i < 40; ++i) text += "\"k" + std::to_string(i) + "\":1,";
    CHECK(json::parse(text + "\"z\":1}").has_value());
    CHECK(json::parse(text + "\"k39\":1}").has_error());
    CHECK(json::parse(text + "\"k3\":1}").has_error());
}

TEST_CASE("nesting deeper than the limit is refused, not a crash") {
    CHECK(json::parse(std::string(100000, '[')).has_error());
    CHECK(json::parse(std::string(60, '[') + std::string(60, ']')).has_value());
}

TEST_CASE("canonical text does not depend on the order of members") {
    auto a = json::parse(R"({"b":1,"a":{"y":1,"x":2}})"), b = json::parse(R"({"a":{"x":2,"y":1},"b":1})");
    CHECK(json::write_canonical(*a) == json::write_canonical(*b));
    CHECK(*a == *b);
}
