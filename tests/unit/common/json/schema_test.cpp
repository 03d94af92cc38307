#include "common/json/schema.hpp"

#include <doctest/doctest.h>

#include <map>

#include "common/json/formats.hpp"

using namespace atelier;
using json::Schema;

namespace {

Schema compiled(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    auto schema = Schema::compile(*value);
    if (!schema) FAIL(schema.error().message);
    return std::move(*schema);
}

/// `pointer rule` of every error, one a line.
std::string broken(const Schema& schema, std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    std::string out;
    for (const FieldError& error : schema.validate(*value))
        out += error.pointer + " " + error.rule + "\n";
    return out;
}

bool compiles(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE(value.has_value());
    return Schema::compile(*value).has_value();
}

}  // namespace

TEST_CASE("every wrong field is named, not only the first") {
    const Schema schema = compiled(R"({
        "type":"object","required":["email","password","name"],"additionalProperties":false,
        "properties":{"email":{"type":"string","format":"email"},"password":{"type":"string","minLength":10},
                      "name":{"type":"string"},"age":{"type":"integer","minimum":0}}})");
    CHECK(broken(schema, R"({"email":"no","password":"short","age":-1,"extra":true})") ==
          "/name required\n/email format\n/password minLength\n/age minimum\n/extra additionalProperties\n");
    CHECK(broken(schema, R"({"email":"a@b.org","password":"long enough","name":"A"})").empty());
}

TEST_CASE("a value of the wrong type gives one error and a sentence") {
    const Schema schema = compiled(R"({"type":["integer","null"],"minimum":3})");
    const auto errors = schema.validate(json::Value("x"));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0] == FieldError{"", "type", "The value must be a whole number or null."});
    CHECK(broken(schema, "null").empty());
    CHECK(broken(schema, "2") == " minimum\n");
}

TEST_CASE("whole numbers may be written with a fraction of zero, but must fit 64 bits") {
    const Schema schema = compiled(R"({"type":"integer"})");
    CHECK(broken(schema, "4.0").empty());
    CHECK(broken(schema, "4.5") == " type\n");
    CHECK(broken(schema, "1e300") == " type\n");
}

TEST_CASE("bounds of numbers hold at their edges") {
    const Schema closed = compiled(R"({"minimum":0,"maximum":1})");
    CHECK(broken(closed, "0").empty());
    CHECK(broken(closed, "1").empty());
    CHECK(broken(closed, "1.0001") == " maximum\n");
    const Schema open = compiled(R"({"exclusiveMinimum":0,"exclusiveMaximum":1,"multipleOf":0.1})");
    CHECK(broken(open, "0") == " exclusiveMinimum\n");
    CHECK(broken(open, "1") == " exclusiveMaximum\n");
    CHECK(broken(open, "0.3").empty());
    CHECK(broken(open, "0.35") == " multipleOf\n");
}

TEST_CASE("lengths count characters, not bytes") {
    const Schema schema = compiled(R"({"type":"string","minLength":2,"maxLength":3})");
    CHECK(broken(schema, "\"\u00e9\u00e8\u20ac\"").empty());
    CHECK(broken(schema, "\"\u20ac\"") == " minLength\n");
    CHECK(broken(schema, "\"abcd\"") == " maxLength\n");
}

TEST_CASE("a text with a zero character is refused whatever the schema says") {
    CHECK(broken(compiled("{}"), R"({"a":["b\u0000c"]})").empty());  // nothing is said about what is inside
    CHECK(broken(compiled(R"({"type":"string"})"), R"("b\u0000c")") == " characters\n");
}

TEST_CASE("lists are checked element by element") {
    const Schema schema = compiled(
        R"({"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3,"uniqueItems":true})");
    CHECK(broken(schema, R"(["a",1,"a"])") == "/1 type\n/2 uniqueItems\n");
    CHECK(broken(schema, "[]") == " minItems\n");
    CHECK(broken(schema, R"(["a","b","c",4])") == " maxItems\n");
}

TEST_CASE("a hostile body cannot make the list of errors endless") {
    const Schema schema = compiled(R"({"type":"array","items":{"type":"string"}})");
    std::string text = "[1";
    for (int i = 0; i < 5000; ++i)
        text += ",1";
    CHECK(schema.validate(*json::parse(text + "]")).size() == json::kMaxSchemaErrors);
}

TEST_CASE("pointers escape what pointers must") {
    const Schema schema = compiled(R"({"type":"object","additionalProperties":{"type":"integer"}})");
    CHECK(broken(schema, R"({"a/b~c":"x","ok":1})") == "/a~1b~0c type\n");
}

TEST_CASE("one of several forms: the one that was meant is explained") {
    const Schema schema = compiled(R"({"oneOf":[
        {"type":"object","required":["kind","size"],"properties":{"kind":{"const":"box"},"size":{"type":"integer"}}},
        {"type":"object","required":["kind","text"],"properties":{"kind":{"const":"label"},"text":{"type":"string"}}}]})");
    CHECK(broken(schema, R"({"kind":"box","size":3})").empty());
    CHECK(broken(schema, R"({"kind":"box","size":"3"})") == "/size type\n");
    CHECK(broken(schema, R"({"kind":"label"})") == "/text required\n");
    CHECK(broken(schema, R"({"kind":"ring"})") == " oneOf\n");
    CHECK(broken(compiled(R"({"oneOf":[{"type":"integer"},{"type":"number"}]})"), "3") == " oneOf\n");
    CHECK(broken(compiled(R"({"anyOf":[{"type":"integer"},{"type":"number"}]})"), "3").empty());
}

TEST_CASE("enum and const compare values, also whole ones") {
    CHECK(broken(compiled(R"({"enum":["a",1,[2]]})"), "[2]").empty());
    CHECK(broken(compiled(R"({"enum":["a",1]})"), "\"b\"") == " enum\n");
    CHECK(broken(compiled(R"({"const":{"a":1}})"), R"({"a":1})").empty());
    CHECK(broken(compiled(R"({"const":{"a":1}})"), R"({"a":2})") == " const\n");
}

TEST_CASE("a schema may refer to itself, to its parts and to other files") {
    const Schema tree =
        compiled(R"({"type":"object","properties":{"next":{"$ref":"#"},"n":{"$ref":"#/definitions/n"}},
        "additionalProperties":false,"definitions":{"n":{"type":"integer"}}})");
    CHECK(broken(tree, R"({"n":1,"next":{"n":2,"next":{"n":"x"}}})") == "/next/next/n type\n");

    const std::map<std::string, std::string, std::less<>> files{
        {"a/parts.json", R"({"definitions":{"name":{"$ref":"more.json#/definitions/short"}}})"},
        {"a/more.json", R"({"definitions":{"short":{"type":"string","maxLength":2}}})"}};
    const auto resolve = [&](std::string_view file) -> Result<json::Value> {
        const auto found = files.find(file);
        if (found == files.end()) return not_found("file");
        return json::parse(found->second);
    };
    const auto root = json::parse(R"({"items":{"$ref":"../a/parts.json#/definitions/name"}})");
    auto schema = Schema::compile(*root, resolve, "b/root.json");
    REQUIRE(schema.has_value());
    CHECK(broken(*schema, R"(["ab","abc"])") == "/1 maxLength\n");
    CHECK(Schema::compile(*json::parse(R"({"$ref":"absent.json"})"), resolve).has_error());
}

TEST_CASE("a mistake in a schema stops its compilation") {
    CHECK_FALSE(compiles(R"({"type":"strnig"})"));
    CHECK_FALSE(compiles(R"({"maxlength":3})"));
    CHECK_FALSE(compiles(R"({"pattern":"a+"})"));
    CHECK_FALSE(compiles(R"({"minLength":-1})"));
    CHECK_FALSE(compiles(R"({"format":"e-mail"})"));
    CHECK_FALSE(compiles(R"({"properties":{"a":3}})"));
    CHECK_FALSE(compiles(R"({"$ref":"#/definitions/absent"})"));
    CHECK_FALSE(compiles(R"({"$ref":"#"})"));
    CHECK_FALSE(compiles(R"({"$ref":"#/definitions/a","minLength":1,"definitions":{"a":{}}})"));
    CHECK_FALSE(compiles(R"({"properties":{"a":{}},"required":["b"],"additionalProperties":false})"));
    CHECK(compiles(R"({"properties":{"a":{}},"required":["a"],"additionalProperties":false})"));
}

TEST_CASE("formats accept what they name and nothing near it") {
    using json::Format;
    const auto check = [](Format format, std::initializer_list<const char*> good,
                          std::initializer_list<const char*> bad) {
        for (const char* text : good)
            CHECK_MESSAGE(json::fits(format, text), text);
        for (const char* text : bad)
            CHECK_FALSE_MESSAGE(json::fits(format, text), text);
    };
    check(
        Format::email, {"a@b.co", "first.last+tag@sub.example.org"},
        {"", "a", "@b.co", "a@", "a@b", "a b@c.de", "a@b..de", ".a@b.de", "a@-b.de", "a@b.de\n", "a@b@c.de"});
    check(Format::uuid, {"0192f0c1-2b6e-7c7b-9f3e-0d4f6a1b2c3d"},
          {"0192f0c1-2b6e-7c7b-9f3e-0d4f6a1b2c3", "0192f0c12b6e7c7b9f3e0d4f6a1b2c3d",
           "0192f0c1-2b6e-7c7b-9f3e-0d4f6a1b2c3g"});
    check(Format::color, {"#00ff7F"}, {"#fff", "00ff7f", "#00ff7g", "#00ff7f0"});
    check(Format::uri, {"https://example.org/a?b=c#d", "http://[::1]:8080/"},
          {"ftp://a.b", "https://", "https:///path", "https://a b", "javascript:alert(1)", "//a.b"});
    check(Format::date_time, {"2026-01-31T12:00:00Z", "2024-02-29T23:59:59.123+02:00"},
          {"2026-02-29T00:00:00Z", "2026-01-31 12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:00",
           "2026-01-31T12:00:00.Z"});
    check(Format::slug, {"a", "x-header", "a4_300dpi"}, {"", "-a", "a-", "a--b", "A", "a b"});
}
