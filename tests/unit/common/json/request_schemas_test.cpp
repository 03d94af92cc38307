#include <doctest/doctest.h>

#include "common/json/embedded_schemas.hpp"

using namespace atelier;

namespace {

const json::SchemaSet& schemas() {
    static const auto set = [] {
        auto loaded = json::embedded_schemas();
        if (!loaded) FAIL(loaded.error().message);
        return std::move(*loaded);
    }();
    return set;
}

std::string broken(const char* name, std::string_view body) {
    auto value = json::parse(body);
    REQUIRE(value.has_value());
    std::string out;
    for (const FieldError& error : schemas().at(name).validate(*value))
        out += error.pointer + " " + error.rule + "\n";
    return out;
}

}  // namespace

TEST_CASE("a registration names all that is wrong with it") {
    CHECK(broken("http/register.json",
                 R"({"email":"ada@example.org","password":"correct horse","organization_name":"Ada"})")
              .empty());
    CHECK(broken("http/register.json", R"({"email":"ada","password":"short","admin":true})") ==
          "/organization_name required\n/email format\n/password minLength\n/admin additionalProperties\n");
}

TEST_CASE("a project takes at most a hundred photos, each once") {
    std::string ids;
    for (int i = 0; i < 101; ++i)
        ids += (i ? ",\"" : "\"") + std::to_string(i) + "\"";
    CHECK(broken("http/project_upload.json", R"({"name":"a","asset_ids":[)" + ids + "]}") ==
          "/asset_ids maxItems\n");
    CHECK(broken("http/project_upload.json", R"({"name":"a","asset_ids":["1","1"]})") ==
          "/asset_ids/1 uniqueItems\n");
    CHECK(broken("http/project_upload.json", R"({"name":"","asset_ids":[]})") ==
          "/name minLength\n/asset_ids minItems\n");
}

TEST_CASE("generating needs nothing and refuses unknown fills and colours") {
    CHECK(broken("http/generate.json", "{}").empty());
    CHECK(broken("http/generate.json", R"({"fill":"stretch","fill_color":"red","texts":{"heading":"x"}})") ==
          "/fill enum\n/fill_color format\n/texts/heading additionalProperties\n");
}

TEST_CASE("the input of an adaptation is that of a generation with its project") {
    CHECK(broken("jobs/adaptation.json",
                 R"({"project_id":"p","texts":{"title":"T"},"fill":"color","fill_color":"#102030"})")
              .empty());
    CHECK(broken("jobs/adaptation.json", R"({"format_ids":[]})") ==
          "/project_id required\n/format_ids minItems\n");
}

TEST_CASE("rules are of one kind, and their definition is of that kind") {
    CHECK(
        broken("http/rules.json",
               R"({"kind":"ranking","name":"r","definition":{"priority":"face_first","weights":{"face":1}}})")
            .empty());
    CHECK(
        broken("http/rules.json", R"({"kind":"ranking","name":"r","definition":{"weights":{"face":11}}})") ==
        "/definition/weights/face maximum\n");
    CHECK(broken("http/rules.json", R"({"kind":"moderation","name":"m"})") == "/definition required\n");
    CHECK(broken("http/rules.json", R"({"kind":"other","name":"m","definition":{}})") ==
          "/kind enum\n oneOf\n");
}

TEST_CASE("dead letters are chosen by ids or by a filter, never by nothing") {
    CHECK(broken("http/dead_letter_action.json", R"({"ids":["a"],"dry_run":true})").empty());
    CHECK(broken("http/dead_letter_action.json", R"({"filter":{"stage":"adaptation","older_than_s":60}})")
              .empty());
    CHECK_FALSE(broken("http/dead_letter_action.json", R"({"dry_run":true})").empty());
    CHECK(broken("http/dead_letter_action.json", R"({"filter":{"stage":"printing"}})") ==
          "/filter/stage enum\n");
}

TEST_CASE("a patch that changes nothing is refused") {
    for (const char* name : {"http/project_patch.json", "http/format_patch.json", "http/platform_patch.json",
                             "http/rules_patch.json", "http/user_patch.json"}) {
        CAPTURE(name);
        CHECK(broken(name, "{}") == " minProperties\n");
    }
}
