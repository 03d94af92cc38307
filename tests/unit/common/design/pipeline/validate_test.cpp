#include "common/design/pipeline/validate.hpp"

#include <doctest/doctest.h>

#include "common/json/pointer.hpp"
#include "tests/unit/common/design/fuzz/properties.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::design;
using json::Value;

TEST_CASE("every example is valid and needs nothing") {
    for (const test::Example& sample : test::examples()) {
        CAPTURE(sample.name);
        const auto outcome = validate_text(sample.text);
        REQUIRE(outcome.has_value());
        CHECK(outcome->is_valid());
        CHECK(outcome->syntax_repairs.empty());
        CHECK(outcome->schema_errors.empty());
        CHECK(outcome->repairs.empty());
        CHECK(outcome->document == sample.value);
        CHECK(to_json(outcome->design) == sample.value);
    }
}

TEST_CASE("the repair log is a JSON Patch with reasons that turns what was parsed into what came out") {
    const auto outcome = validate_text(
        "```json\n{title: 'Sale', layers: [{type: 'headline', text: 'Sale', color: 'white',},]}\n```");
    REQUIRE(outcome.has_value());
    CHECK(outcome->is_valid());
    CHECK(!outcome->schema_errors.empty());
    const Value log = repair_log(*outcome);
    CHECK(log["syntax"].size() > 0);
    for (const Value& operation : log["patch"].array()) {
        CHECK(!operation["reason"].as_string().empty());
        CHECK(!operation["rule"].as_string().empty());
    }
    const auto patch = json::parse_patch(log["patch"]);
    REQUIRE(patch.has_value());
    Value applied = outcome->parsed;
    REQUIRE(json::apply(applied, *patch));
    CHECK(applied == outcome->document);
}

TEST_CASE("what cannot be mended is told, and the design is not valid") {
    const auto outcome = validate_text(R"({"layers":[]})");
    REQUIRE(outcome.has_value());
    CHECK(!outcome->is_valid());
    CHECK(repair_log(*outcome)["findings"].at(0)["severity"] == Value("error"));
}

TEST_CASE("inputs of all sizes and shapes keep the promises of the pipeline") {
    std::string layers, fields, texts;
    for (int i = 0; i < 3000; ++i) {
        layers += R"({"type":"text","text":"a","id":"x"},)";
        fields += "\"f" + std::to_string(i) + "\":1,";
        texts += "word ";
    }
    std::string nested = R"({"type":"shape"})";
    for (int i = 0; i < 12; ++i)
        nested = R"({"type":"group","layers":[)" + nested + "]}";
    for (const std::string& text :
         {"{\"layers\":[" + layers + "]}", "{" + fields + "}",
          R"({"layers":[{)" + fields + R"("type":"text","text":"a"}]})",
          R"({"layers":[{"type":"text","text":")" + texts + "\"}]}", R"({"layers":[)" + nested + "]}",
          std::string("{}"), std::string("[[[]]]"), std::string(R"({"layers":[[],[[]],{"layers":{}}]})")}) {
        CAPTURE(text.substr(0, 40));
        CHECK_EQ(test::broken_property(text), "");
    }
}

TEST_CASE("more repairs than anybody reads are given as one") {
    std::string layers;
    for (int i = 0; i < 250; ++i)
        layers += R"({"type":"rect","left":1,"top":2,"w":3,"h":4},)";
    const auto outcome = validate_text(R"({"title":"T","layers":[)" + layers + "]}");
    REQUIRE(outcome.has_value());
    REQUIRE(outcome->repairs.size() == 1);
    CHECK(outcome->repairs[0].rule == "rebuilt");
    CHECK(outcome->design.layers.size() == 251);
}

TEST_CASE("another measurer decides what fits") {
    struct Huge final : TextMeasurer {
        TextExtent measure(const TextContent& text, double, double scale) const override {
            return {10, text.style.font_size * scale * 40, 10, 1};
        }
    };
    const auto outcome = validate_text(test::examples()[0].text, Huge{});
    REQUIRE(outcome.has_value());
    CHECK(!outcome->repairs.empty());
}

TEST_CASE("text that holds no design is refused") {
    CHECK(validate_text("sorry, I cannot do that").error().code == ErrorCode::bad_request);
    Value deep;
    for (int i = 0; i < 60; ++i) {
        Value outer;
        outer.push(std::move(deep));
        deep = std::move(outer);
    }
    CHECK(validate_document(deep).error().code == ErrorCode::bad_request);
}
