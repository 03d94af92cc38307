// Walks of the whole route table, so that a new route is covered the day it is written: nobody comes in
// without a token, members not where admins go, and strangers find nothing of another organization.

#include <doctest/doctest.h>

#include <map>

#include "api/routes.hpp"
#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;
using api::http::Access;
using api::http::BodyPolicy;
using api::http::Method;
using api::http::Route;

namespace {

constexpr std::string_view kPrefix = "/api/v1";

/// Path parameters with ids that exist.
using Ids = std::map<std::string, std::string>;

/// The pattern, behind the prefix, with its parameters filled in; nothing when one is not known.
std::optional<std::string> path_of(const Route& route, const Ids& ids) {
    std::string path(route.pattern.substr(kPrefix.size()));
    for (auto open = path.find('{'); open != path.npos; open = path.find('{')) {
        const auto close = path.find('}', open);
        const auto id = ids.find(path.substr(open + 1, close - open - 1));
        if (id == ids.end()) return std::nullopt;
        path.replace(open, close - open + 1, id->second);
    }
    return path;
}

std::string name_of(const Route& route) {
    return std::string(api::http::to_string(route.method)) + " " +
           std::string(route.pattern.substr(kPrefix.size()));
}

bool has_id(const Route& route) {
    return route.pattern.find('{') != std::string_view::npos && route.access != Access::signed_url;
}

/// Bodies that are valid, so that a route with an id gets as far as looking the id up. A new route with a
/// body and an id needs a row.
json::Value body_for(const Route& route) {
    static const std::map<std::string, json::Value> kBodies{
        {"PATCH /projects/{project_id}", json::Object{{"name", "Stolen"}}},
        {"POST /projects/{project_id}/generate", json::Object{{"fill", "auto"}}},
        {"PATCH /generated-assets/{generated_asset_id}",
         json::Object{{"manual_edits", json::Object{{"brightness", 1.2}}}}},
        {"PATCH /designs/{design_id}", json::Object{{"version", 1}, {"name", "Stolen"}}},
        {"POST /designs/{design_id}/restore", json::Object{{"version", 1}, {"revision", 1}}},
        {"PATCH /brands/{brand_id}", json::Object{{"name", "Stolen"}}},
        {"PATCH /admin/formats/{format_id}", json::Object{{"name", "Stolen"}}},
        {"PATCH /admin/text-style-sets/{text_style_set_id}", json::Object{{"name", "Stolen"}}},
        {"PATCH /admin/rules/{rule_id}", json::Object{{"name", "Stolen"}}},
        {"PATCH /admin/platforms/{platform_id}", json::Object{{"name", "Stolen"}}},
        {"PATCH /admin/users/{user_id}", json::Object{{"is_active", false}}},
    };
    const auto row = kBodies.find(name_of(route));
    return row == kBodies.end() ? json::Value(json::Object{}) : row->second;
}

Answer call(ApiServer& server, const Route& route, const std::string& path, const std::string& token) {
    const std::string method(api::http::to_string(route.method));
    if (route.body != BodyPolicy::json) return server.send(method, path, token);
    return server.send(method, path, token, body_for(route));
}

std::string first_id(ApiServer& server, const Account& owner, const std::string& list) {
    return server.get(list, owner).body["items"].at(0)["id"].as_string();
}

/// One of everything, the owner's.
Ids possessions(ApiServer& server, const Account& owner) {
    const store::Asset photo = add_flagged_asset(server, owner);
    const ProjectId project = add_project(server, owner, photo.id);
    const store::Job job = add_job(server, owner, project, photo.id);
    const auto picture = add_generated(server, owner, project, job.id, photo.id, store::Moderation::approved);
    return {{"asset_id", photo.id.value},
            {"project_id", project.value},
            {"job_id", job.id.value},
            {"generated_asset_id", picture.value},
            {"user_id", owner.user.value},
            {"design_id", add_design(server, owner)["id"].as_string()},
            {"version", "1"},
            {"brand_id", add_brand(server, owner)["id"].as_string()},
            {"format_id", first_id(server, owner, "/admin/formats")},
            {"platform_id", first_id(server, owner, "/admin/platforms")},
            {"rule_id", first_id(server, owner, "/admin/rules")},
            {"text_style_set_id", first_id(server, owner, "/admin/text-style-sets")},
            {"provider", "of-nobody"}};  // providers belong to the operator
}

}  // namespace

TEST_CASE("another organization's id is not found, on every route that takes one") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Ids ids = possessions(server, ada);
    int walked = 0;
    for (const Route& route : api::routes()) {
        if (!has_id(route)) continue;
        CAPTURE(name_of(route));
        const auto path = path_of(route, ids);
        REQUIRE_MESSAGE(path.has_value(), "give possessions() an id for this route");
        const Answer answer = call(server, route, *path, eve.access_token);
        CHECK_MESSAGE(answer.status == 404, answer.text);
        CHECK(answer.error_code() == "NOT_FOUND");
        for (const auto& [name, id] : ids)
            if (name != "version")
                CHECK_MESSAGE(answer.text.find(id) == std::string::npos, "the answer repeats " << name);
        ++walked;
    }
    CHECK(walked >= 25);

    // The ids were good ones, and all of it is still there.
    for (const Route& route : api::routes()) {
        if (!has_id(route) || route.method != Method::get || route.pattern.ends_with("/stream")) continue;
        CAPTURE(name_of(route));
        CHECK(call(server, route, *path_of(route, ids), ada.access_token).status == 200);
    }
    CHECK(server.get("/users/me", ada).status == 200);
}

TEST_CASE("a stranger's lists hold nothing of another organization") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Ids ids = possessions(server, ada);
    for (const Route& route : api::routes()) {
        if (route.method != Method::get || has_id(route) || route.access == Access::signed_url) continue;
        CAPTURE(name_of(route));
        const Answer answer =
            call(server, route, std::string(route.pattern.substr(kPrefix.size())), eve.access_token);
        CHECK(answer.status == 200);
        for (const auto& [name, id] : ids)
            if (name != "version") CHECK_MESSAGE(answer.text.find(id) == std::string::npos, name);
        CHECK(answer.text.find(ada.organization.value) == std::string::npos);
    }
}

TEST_CASE("what cannot be an id is not found") {
    ApiServer server;
    const Account ada = server.found("ada");
    Ids nonsense;
    for (const char* name :
         {"asset_id", "project_id", "job_id", "generated_asset_id", "design_id", "version", "brand_id",
          "user_id", "format_id", "platform_id", "rule_id", "text_style_set_id", "provider"})
        nonsense[name] = "..%2F7'--";
    for (const Route& route : api::routes()) {
        if (!has_id(route)) continue;
        CAPTURE(name_of(route));
        CHECK(call(server, route, *path_of(route, nonsense), ada.access_token).status == 404);
    }
}

TEST_CASE("no route but the anonymous ones opens without a token") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Ids ids = possessions(server, ada);
    for (const Route& route : api::routes()) {
        if (route.access != Access::user && route.access != Access::admin) continue;
        CAPTURE(name_of(route));
        const Answer answer = call(server, route, *path_of(route, ids), "");
        CHECK(answer.status == 401);
        CHECK(answer.error_code() == "UNAUTHENTICATED");
    }
}

TEST_CASE("admin routes are closed to members") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Account bob = server.join(ada, "bob");
    const Ids ids = possessions(server, ada);
    for (const Route& route : api::routes()) {
        if (route.access != Access::admin) continue;
        CAPTURE(name_of(route));
        const Answer answer = call(server, route, *path_of(route, ids), bob.access_token);
        CHECK(answer.status == 403);
        CHECK(answer.error_code() == "FORBIDDEN");
    }
}

TEST_CASE("a stored object opens to its signature only") {
    ApiServer server;
    const Account ada = server.found("ada");
    const store::Asset photo = add_asset(server, ada);
    CHECK(server.get("/objects/" + photo.object_key, ada).status == 403);
    CHECK(server.get("/objects/" + photo.object_key + "?expires=9999999999&signature=00", ada).status == 403);
}
