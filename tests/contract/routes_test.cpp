// The route table and the contract document hold each other: every operation has a route, every route an
// operation, with the same access, budget and kind of body.

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "api/http/settings.hpp"
#include "api/openapi/openapi.hpp"
#include "api/routes.hpp"
#include "common/json/value.hpp"

using namespace atelier;
using namespace atelier::api;

namespace {

struct Terms {
    std::string access, rate_class;
    bool json_body = false;
    bool operator==(const Terms&) const = default;
};
using Table = std::map<std::string, Terms>;  ///< by `GET /api/v1/…`

std::string_view to_string(http::Access access) {
    switch (access) {
        case http::Access::anonymous:
            return "anonymous";
        case http::Access::user:
            return "user";
        case http::Access::admin:
            return "admin";
        case http::Access::signed_url:
            return "signed_url";
    }
    return "";
}

/// `{key*}` is `{key}` in the document, which has no word for a rest of the path.
std::string as_documented(std::string_view pattern) {
    std::string path(pattern);
    if (const auto star = path.find("*}"); star != path.npos) path.erase(star, 1);
    return path;
}

Table table_of_routes() {
    Table table;
    for (const http::Route& route : routes())
        table[std::string(http::to_string(route.method)) + " " + as_documented(route.pattern)] = {
            std::string(to_string(route.access)), std::string(http::to_string(route.rate_class)),
            route.body == http::BodyPolicy::json};
    return table;
}

Table table_of_document() {
    const auto operations = openapi_operations();
    REQUIRE(operations.has_value());
    Table table;
    for (const Operation& operation : *operations)
        table[operation.method + " " + operation.path] = {operation.access, operation.rate_class,
                                                          !operation.body.empty()};
    // The session answers the WebSocket's handshake itself, before it looks for a route.
    REQUIRE(table.erase("GET /api/v1/ws") == 1);
    return table;
}

}  // namespace

TEST_CASE("every route is an operation of the contract on the same terms") {
    const Table documented = table_of_document();
    for (const auto& [name, terms] : table_of_routes()) {
        CAPTURE(name);
        const auto operation = documented.find(name);
        REQUIRE(operation != documented.end());
        CHECK(terms.access == operation->second.access);
        CHECK(terms.rate_class == operation->second.rate_class);
        CHECK(terms.json_body == operation->second.json_body);
    }
}

TEST_CASE("every operation of the contract has a route") {
    const Table routed = table_of_routes();
    const Table documented = table_of_document();
    for (const auto& [name, terms] : documented)
        CHECK_MESSAGE(routed.contains(name), name);
    CHECK(routes().size() == documented.size());
}

TEST_CASE("the contract tells the limits that are kept") {
    const json::Value told = json::parse(openapi_json().value()).value()["x-rate-limits"];
    for (const http::RateRule& rule : http::ServerSettings::default_rate_rules()) {
        const std::string span = rule.per_seconds == 3600 ? "hour" : "minute";
        CHECK((span == "hour" || rule.per_seconds == 60));
        CHECK(told[std::string(http::to_string(rule.rate_class))].as_string() ==
              std::to_string(rule.requests) + " per " + span);
    }
}
