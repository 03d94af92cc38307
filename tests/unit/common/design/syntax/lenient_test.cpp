#include "common/design/syntax/lenient.hpp"

#include <doctest/doctest.h>

#include "common/design/schema/check.hpp"

using namespace atelier;
using design::parse_lenient;

namespace {

std::string read(std::string_view text) {
    const auto value = parse_lenient(text);
    return value ? json::write(value->value) : "error " + std::string(to_string(value.error().code));
}

bool notes(std::string_view text, std::string_view rule) {
    const auto value = parse_lenient(text);
    REQUIRE(value.has_value());
    for (const design::SyntaxRepair& repair : value->repairs)
        if (repair.rule == rule) return true;
    return false;
}

}  // namespace

TEST_CASE("JSON is taken as it is, without a note") {
    const auto value = parse_lenient(R"({"a":[1,2.5,"x\u00e4",true,null]})");
    REQUIRE(value.has_value());
    CHECK(value->repairs.empty());
    CHECK(read(R"({"a":[1,2.5,"x",true,null]})") == R"({"a":[1,2.5,"x",true,null]})");
}

TEST_CASE("what models write instead of JSON is read as what they meant") {
    struct Row {
        const char *text, *meant;
    };
    const Row rows[] = {
        {"```json\n{\"a\":1}\n```", R"({"a":1})"},
        {"Here {it} is: {\"a\":1,\"b\":2} Enjoy!", R"({"a":1,"b":2})"},
        {"{'a': 'it''s'}", R"({"a":"it''s"})"},
        {"{'a': 'don\\'t'}", R"({"a":"don't"})"},
        {"{“a”: “b”}", R"({"a":"b"})"},
        {"{a: b, c_d: #ff0000}", R"({"a":"b","c_d":"#ff0000"})"},
        {"{a: rgb(1, 2, 3), b: 1}", R"~({"a":"rgb(1, 2, 3)","b":1})~"},
        {"{\"a\":1, // one\n /* two */ \"b\":2, # three\n}", R"({"a":1,"b":2})"},
        {"{\"a\":[1,2,],}", R"({"a":[1,2]})"},
        {"{\"a\":1 \"b\":2}", R"({"a":1,"b":2})"},
        {"{\"a\" 1, \"b\" = 2, \"c\" => 3}", R"({"a":1,"b":2,"c":3})"},
        {"{\"a\":True,\"b\":None,\"c\":undefined}", R"({"a":true,"b":null,"c":null})"},
        {"{\"a\":NaN,\"b\":-Infinity,\"c\":+1,\"d\":.5,\"e\":5.,\"f\":0x1f,\"g\":1_000}",
         R"({"a":null,"b":null,"c":1,"d":0.5,"e":5.0,"f":31,"g":1000})"},
        {"{\"a\":[1,{\"b\":2", R"({"a":[1,{"b":2}]})"},
        {"{\"a\":\"cut of", R"({"a":"cut of"})"},
        {"{\"a\":1,\"b", R"({"a":1})"},
        {"{\"a\":tru", R"({"a":true})"},
        {"{\"a\":[{\"b\":1},{\"c\":2]}", R"({"a":[{"b":1},{"c":2}]})"},
        {"{\"a\":[{\"b\":1}},{\"c\":2}]}", R"({"a":[{"b":1},{"c":2}]})"},
        {"{\"a\":[{\"b\":1,{\"c\":2}]}", R"({"a":[{"b":1},{"c":2}]})"},
        {"{\"a\":{\"b\":1}}, \"c\":2}", R"({"a":{"b":1},"c":2})"},
        {"{\"a\":1,\"a\":2}", R"({"a":2})"},
        {"{\"a\":[1],\"a\":[]}", R"({"a":[1]})"},
        {"\xEF\xBB\xBF{\"a\":1}", R"({"a":1})"},
        {"{\"a\":\"x\ny\tz\"}", R"({"a":"x\ny\tz"})"},
        {"{\"a\":\"the \"big\" sale\"}", R"({"a":"the \"big\" sale"})"},
        {"{\"a\":\"said \"hi\", then left\",\"b\":1}", R"({"a":"said \"hi\", then left","b":1})"},
        {"{\"a\":\"no end,\n\"b\":1}", R"({"a":"no end","b":1})"},
        {"{\"a\":\"x\" + \"y\"}", R"({"a":"xy"})"},
        {"{\"a\":\"\"\"x\"\"\"}", R"({"a":"x"})"},
        {"{\"a\"：1，\"b\":2}", R"({"a":1,"b":2})"},
        {"{&quot;a&quot;: &quot;x &amp; y&quot;}", R"({"a":"x & y"})"},
        {R"("{\"a\": 1}")", R"({"a":1})"},
        {R"({\"a\": \"b\"})", R"({"a":"b"})"},
        {"{\"a\":[1,2,...]}", R"({"a":[1,2]})"},
        {"{\"a\":(1,2)}", R"({"a":[1,2]})"},
        {"const d = {a: 1};", R"({"a":1})"},
    };
    for (const Row& row : rows) {
        CAPTURE(std::string(row.text));
        CHECK(read(row.text) == row.meant);
        CHECK(!parse_lenient(row.text)->repairs.empty());
    }
}

TEST_CASE("bytes that are no text become text") {
    CHECK(read("{\"a\":\"\xE9x\"}") == "{\"a\":\"\uFFFDx\"}");
    CHECK(read(std::string_view("{\"a\":\"x\0y\"}", 11)) == R"({"a":"xy"})");
    CHECK(read(std::string_view("\xFF\xFE{\0\"\0a\0\"\0:\0\x34\xD8\x1E\xDD}\0", 18)).starts_with("{\"a\":"));
    CHECK(read(R"({"a":"\ud83d\ude00 \ud83d \q"})") == "{\"a\":\"\U0001F600 \uFFFD q\"}");
}

TEST_CASE("every repair says where and why") {
    CHECK(notes("{\"a\":1,}", "trailing_comma"));
    CHECK(notes("{'a':1}", "quotes"));
    CHECK(notes("{\"a\":[1", "truncated"));
    CHECK(notes("x {\"a\":1}", "prose"));
    const auto value = parse_lenient("{\"a\":1,\"a\":2}");
    REQUIRE(value->repairs.size() == 1);
    CHECK(value->repairs[0].offset == 7);
    CHECK(value->repairs[0].rule == "duplicate_key");
}

TEST_CASE("what holds no document is refused, and so is what is too large") {
    for (const char* text : {"", "   ", "null", "42", "\"text\"", "no braces here", "```json\n```"})
        CHECK(read(text) == "error BAD_REQUEST");
    CHECK(read(std::string(design::kMaxDocumentBytes + 1, ' ')) ==
          "error " + std::string(to_string(ErrorCode::too_large)));
}

TEST_CASE("hostile nesting and repetition end, within the depth that is allowed") {
    const std::string deep(200'000, '['), braces(200'000, '{'), quotes(200'000, '"');
    std::string keys;
    for (int i = 0; i < 60'000; ++i)
        keys += "{\"a\":";
    for (const std::string& text :
         {deep, braces, "{\"a\":" + deep, "{" + quotes, keys, "{\"a\":\"" + std::string(300'000, '\n')}) {
        const auto value = parse_lenient(text);
        if (value) CHECK(json::write(value->value).size() < 1'000'000);
    }
}
