// What is special about each vendor's words: schemas in its dialect, what it may be told and what not.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/fake_vendor.hpp"

using namespace atelier;
using namespace atelier::tests;
using ai::Capability;

namespace {

json::Value parsed(const char* text) {
    return json::parse(text).value();
}

struct Study {
    explicit Study(std::string_view vendor) : fake(vendor), settings(fake.settings("mine")) {}

    boost::system::result<ai::TextAnswer, ai::Failure> ask(const json::Value& schema,
                                                           std::string model = "") {
        auto provider = ai::make_vendor(settings, client).value();
        ai::TextRequest request;
        request.instructions = "Be brief.";
        request.prompt = "Say it.";
        request.schema_name = "an answer!";
        request.schema = schema;
        ai::Call call;
        call.model = model.empty() ? fake.model(Capability::text) : model;
        return provider->text()->complete(request, call);
    }

    FakeVendor fake;
    ai::VendorSettings settings;
    http_client::Client client;
};

/// Everything that schemas here use and dialects differ in.
const char* const kRich = R"({
    "type": "object", "additionalProperties": false, "required": ["name", "kind", "children"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 20},
        "kind": {"const": "node"},
        "color": {"type": "string", "format": "hex-color"},
        "size": {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
        "children": {"type": "array", "uniqueItems": true, "maxItems": 3, "items": {"$ref": "#/definitions/leaf"}},
        "extra": {"allOf": [{"$ref": "#/definitions/leaf"}, {"properties": {"more": {"type": "boolean"}}}]}
    },
    "definitions": {"leaf": {"type": "object", "additionalProperties": false, "required": ["text"],
        "properties": {"text": {"type": "string"}, "next": {"$ref": "#/definitions/leaf"}}}}
})";

}  // namespace

TEST_CASE("a rich schema is taken by every vendor, and its answers fit the original one") {
    for (const char* vendor : {"openai", "gemini", "anthropic"}) {
        CAPTURE(vendor);
        Study study(vendor);
        const auto answer = study.ask(parsed(kRich));
        REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
        CHECK(answer->value["kind"].as_string() == "node");
        CHECK(answer->value["children"].at(0)["text"].is_string());
        CHECK(study.fake.counts().refused == 0);
    }
}

TEST_CASE("members that may be left out come as null from OpenAI and are left out again") {
    Study study("openai");
    study.fake.push(
        {.answer = parsed(R"({"name": "n", "kind": "node", "color": null, "size": null, "extra": null,
                                          "children": [{"text": "t", "next": null}]})")});
    const auto answer = study.ask(parsed(kRich));
    REQUIRE(answer.has_value());
    CHECK(answer->value ==
          parsed(R"({"name": "n", "kind": "node", "size": null, "children": [{"text": "t"}]})"));
    const auto format = study.fake.seen().back().body["response_format"]["json_schema"];
    CHECK(format["strict"].as_bool());
    CHECK(format["name"].as_string() == "an_answer_");
    CHECK(format["schema"]["properties"]["name"]["description"].as_string() ==
          "At least 1 characters. At most 20 characters.");
}

TEST_CASE("a schema without an object at its root is wrapped and the answer unwrapped") {
    const auto list = parsed(R"({"type": "array", "items": {"type": "string"}})");
    for (const char* vendor : {"openai", "gemini", "anthropic"}) {
        CAPTURE(vendor);
        Study study(vendor);
        const auto answer = study.ask(list);
        REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
        CHECK(answer->value.is_array());
    }
}

TEST_CASE("a schema that a dialect cannot express is told in another way") {
    const auto map = parsed(R"({"type": "object", "additionalProperties": {"type": "string"}})");
    Study openai("openai");
    openai.fake.push({.answer = parsed(R"({"a": "b"})")});
    CHECK(openai.ask(map)->value == parsed(R"({"a": "b"})"));
    CHECK_FALSE(openai.fake.seen().back().body["response_format"]["json_schema"]["strict"].as_bool(true));
    Study gemini("gemini");
    gemini.fake.push({.answer = parsed(R"({"a": "b"})")});
    CHECK(gemini.ask(map)->value == parsed(R"({"a": "b"})"));
    const auto body = gemini.fake.seen().back().body;
    CHECK_FALSE(body["generationConfig"].has("responseSchema"));
    CHECK(json::write(body["systemInstruction"]).find("additionalProperties") != std::string::npos);
}

TEST_CASE("a member that cannot be expressed is left out where it may be, and the rest stays strict") {
    Study study("openai");
    const auto schema =
        parsed(R"({"type": "object", "additionalProperties": false, "required": ["a"], "properties": {
        "a": {"type": "string"}, "any": {"type": "object"}, "b": {"type": "integer"}}})");
    REQUIRE(study.ask(schema).has_value());
    const auto sent = study.fake.seen().back().body["response_format"]["json_schema"];
    CHECK(sent["strict"].as_bool());
    CHECK_FALSE(sent["schema"]["properties"].has("any"));
    CHECK(sent["schema"]["required"] == json::Array{"a", "b"});
}

TEST_CASE("the schemas that models are given are expressed in every dialect") {
    for (const char* file : {"/schemas/ai/brief.json", "/schemas/design/design.json"})
        for (const char* vendor : {"openai", "gemini", "anthropic"}) {
            CAPTURE(file);
            CAPTURE(vendor);
            std::ostringstream text;
            text << std::ifstream(std::string(ATELIER_SOURCE_DIR) + file).rdbuf();
            Study study(vendor);
            const auto answer = study.ask(json::parse(text.str()).value());
            REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
            const auto body = study.fake.seen().back().body;
            if (std::string(vendor) == "openai")
                CHECK(body["response_format"]["json_schema"]["strict"].as_bool());
            if (std::string(vendor) == "gemini") CHECK(body["generationConfig"].has("responseSchema"));
        }
}

TEST_CASE("servers that know JSON but no schemas are told the schema in words and asked for JSON") {
    Study study("openai");
    study.settings.options.set("structured", "json_object");
    study.fake.push({.answer = parsed(R"({"a": "b"})")});
    CHECK(study.ask(parsed(kRich)).has_value());
    const auto body = study.fake.seen().back().body;
    CHECK(body["response_format"] == parsed(R"({"type": "json_object"})"));
    CHECK(body["messages"].at(0)["content"].as_string().find("JSON Schema") != std::string::npos);
}

TEST_CASE("servers that know no response formats are told the schema in words") {
    Study study("openai");
    study.settings.options.set("structured", "none");
    CHECK(study.ask(parsed(R"({"type": "object"})")).error().kind == ai::FailureKind::malformed_output);
    const auto body = study.fake.seen().back().body;
    CHECK_FALSE(body.has("response_format"));
    CHECK(body["messages"].at(0)["content"].as_string().find("JSON Schema") != std::string::npos);
    CHECK(body.has("max_tokens"));
}

TEST_CASE("without a schema any text is an answer") {
    for (const char* vendor : {"openai", "gemini", "anthropic"}) {
        CAPTURE(vendor);
        Study study(vendor);
        study.fake.push({.act = Act::prose});
        const auto answer = study.ask({});
        REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
        CHECK(answer->text == "I would rather talk about the weather.");
        CHECK(answer->value.is_null());
    }
}

TEST_CASE("reasoning models are sent no temperature") {
    Study study("openai");
    CHECK(study.ask(parsed(kRich), "o4-mini").has_value());
    CHECK_FALSE(study.fake.seen().back().body.has("temperature"));
    CHECK(study.ask(parsed(kRich)).has_value());
    CHECK(study.fake.seen().back().body.has("temperature"));
}
