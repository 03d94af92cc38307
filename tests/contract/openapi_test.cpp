// The HTTP contract as a document: complete in itself, every reference leads somewhere, every operation says
// who may call it, and every schema of a request body is used by one.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "api/openapi/openapi.hpp"
#include "common/json/embedded_schemas.hpp"
#include "common/json/value.hpp"
#include "schemas.hpp"

using namespace atelier;

namespace {

json::Value document() {
    const auto text = api::openapi_json();
    if (!text) FAIL(text.error().message);
    auto value = json::parse(*text);
    REQUIRE(value.has_value());
    return *value;
}

std::vector<api::Operation> operations() {
    auto found = api::openapi_operations();
    REQUIRE(found.has_value());
    return *found;
}

void collect_refs(const json::Value& value, std::set<std::string>& refs) {
    if (value["$ref"].is_string()) refs.insert(value["$ref"].as_string());
    for (const auto& [key, member] : value.object())
        collect_refs(member, refs);
    for (const json::Value& element : value.array())
        collect_refs(element, refs);
}

/// A comma in an unquoted YAML text ends it and makes the rest a key.
void check_keys(const json::Value& value, const std::string& at) {
    for (const auto& [key, member] : value.object()) {
        CAPTURE(at + "/" + key);
        CHECK(key.find(' ') == key.npos);
        check_keys(member, at + "/" + key);
    }
    for (const json::Value& element : value.array())
        check_keys(element, at + "/-");
}

}  // namespace

TEST_CASE("no text of the document was cut at a comma") {
    check_keys(document(), "");
}

TEST_CASE("every reference of the served document leads somewhere within it") {
    const json::Value root = document();
    std::set<std::string> refs;
    collect_refs(root, refs);
    CHECK(refs.size() > 50);
    for (const std::string& ref : refs) {
        CAPTURE(ref);
        REQUIRE(ref.starts_with("#/components/"));
        const std::size_t slash = ref.find('/', 13);
        CHECK(root["components"][ref.substr(13, slash - 13)].has(ref.substr(slash + 1)));
    }
}

TEST_CASE("every operation has an id of its own, an access and a rate class") {
    const json::Value root = document();
    std::set<std::string> ids;
    for (const auto& [path, item] : root["paths"].object())
        for (const auto& [method, operation] : item.object()) {
            if (method == "parameters") continue;
            CAPTURE(path + " " + method);
            CHECK(ids.insert(operation["operationId"].as_string()).second);
            CHECK(operation["responses"].has("default"));
            CHECK_FALSE(operation["summary"].as_string().empty());
            const std::string access = operation["x-access"].as_string();
            CHECK((access == "anonymous" || access == "user" || access == "admin" || access == "signed_url"));
            // What needs no token says so in the standard's own words too.
            CHECK(operation.has("security") == (access == "anonymous" || access == "signed_url"));
            CHECK(path.starts_with("/admin/") == (access == "admin" && path != "/health/detailed"));
            CHECK(root["x-rate-limits"].has(operation["x-rate-class"].as_string()));
        }
}

TEST_CASE("every parameter of a path is declared") {
    const json::Value root = document();
    for (const auto& [path, item] : root["paths"].object())
        for (std::size_t open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
            const std::string name = path.substr(open + 1, path.find('}', open) - open - 1);
            const bool declared =
                std::any_of(item["parameters"].array().begin(), item["parameters"].array().end(),
                            [&](const json::Value& p) {
                                return p["name"].as_string() == name ||
                                       p["$ref"].as_string() == "#/components/parameters/" + name;
                            });
            CHECK_MESSAGE(declared, path);
        }
}

TEST_CASE("the operations carry the prefix and the schema of their body") {
    const auto all = operations();
    CHECK(std::find(all.begin(), all.end(),
                    api::Operation{"POST", "/api/v1/auth/login", "anonymous", "auth", "http/login.json"}) !=
          all.end());
    CHECK(std::find(all.begin(), all.end(),
                    api::Operation{"GET", "/api/v1/metrics", "anonymous", "unlimited", ""}) != all.end());
}

TEST_CASE("every schema of a request body is used, and every one used exists") {
    std::set<std::string> used;
    const auto set = json::embedded_schemas();
    REQUIRE(set.has_value());
    for (const api::Operation& operation : operations()) {
        if (operation.body.empty()) continue;
        used.insert(operation.body);
        CHECK_MESSAGE(set->find(operation.body), operation.body);
    }
    const std::set<std::string_view> parts{"http/parts.json", "http/manual_edits.json",
                                           "http/text_style_set.json"};
    for (const schemas::File& file : schemas::files())
        if (file.path.starts_with("http/") && !parts.contains(file.path))
            CHECK_MESSAGE(used.contains(std::string(file.path)), file.path);
}

TEST_CASE("everything that creates takes an idempotency key") {
    const json::Value root = document();
    const std::string key = "#/components/parameters/idempotency_key";
    for (const auto& [path, item] : root["paths"].object()) {
        const json::Value& responses = item["post"]["responses"];
        if (!responses.has("201") && !responses.has("202")) continue;
        std::set<std::string> refs;
        collect_refs(item["parameters"], refs);
        collect_refs(item["post"]["parameters"], refs);
        CHECK_MESSAGE(refs.contains(key), path);
    }
}
