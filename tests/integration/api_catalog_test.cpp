// What admins keep: formats, platforms, rules, text style sets.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/support/api/server.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

json::Value format(const std::string& name) {
    return json::Object{{"name", name}, {"type", "resizing"}, {"width", 640}, {"height", 360}};
}

json::Value style_set(ApiServer& server, const Account& as) {
    return server.get("/admin/text-style-sets", as).body["items"].at(0)["definition"];
}

}  // namespace

TEST_CASE("a format lives: added with defaults, read, changed member by member, deleted") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer made = server.post("/admin/formats", ada, format("Web Banner (wide)"));
    REQUIRE(made.status == 201);
    CHECK(made.body["slug"].as_string() == "web-banner-wide");
    CHECK(made.body["content_type"].as_string() == "image/jpeg");
    CHECK(made.body["quality"].as_int() == 85);
    CHECK(made.body["max_bytes"].is_null());
    CHECK(made.body["platform_id"].is_null());

    const std::string path = "/admin/formats/" + made.body["id"].as_string();
    CHECK(server.get(path, ada).body == made.body);
    const Answer changed =
        server.send("PATCH", path, ada.access_token, json::Object{{"width", 800}, {"max_bytes", 50000}});
    CHECK(changed.status == 200);
    CHECK(changed.body["width"].as_int() == 800);
    CHECK(changed.body["height"].as_int() == 360);
    CHECK(changed.body["max_bytes"].as_int() == 50000);
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"max_bytes", nullptr}})
              .body["max_bytes"]
              .is_null());
    CHECK(server.send("DELETE", path, ada.access_token).status == 204);
    CHECK(server.get(path, ada).status == 404);
    CHECK(server.send("DELETE", path, ada.access_token).status == 404);
}

TEST_CASE("a format's mistakes are named, all of them") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer wrong = server.post(
        "/admin/formats", ada,
        json::Object{{"name", ""}, {"type", "other"}, {"width", 1}, {"height", 99999}, {"colour", "red"}});
    CHECK(wrong.status == 422);
    const auto pointers = wrong.pointers();
    for (const char* pointer : {"/name", "/type", "/width", "/height", "/colour"})
        CHECK_MESSAGE(std::count(pointers.begin(), pointers.end(), pointer) == 1, pointer);

    CHECK(server.post("/admin/formats", ada, format("Banner")).status == 201);
    const Answer taken = server.post("/admin/formats", ada, format("banner"));
    CHECK(taken.status == 409);
    CHECK(taken.pointers() == std::vector<std::string>{"/slug"});
    CHECK(server.post("/admin/formats", ada, format("漢字")).pointers() == std::vector<std::string>{"/slug"});

    json::Value elsewhere = format("Elsewhere");
    elsewhere.set("platform_id", ids::new_uuid());
    const Answer unknown = server.post("/admin/formats", ada, elsewhere);
    CHECK(unknown.status == 422);
    CHECK(unknown.pointers() == std::vector<std::string>{"/platform_id"});
    CHECK(server
              .send("POST", "/admin/formats", ada.access_token, std::nullopt,
                    {{"Content-Type", "application/json"}})
              .status == 400);
}

TEST_CASE("pages walk a list once, newest first, and a made-up cursor is refused") {
    ApiServer server;
    const Account ada = server.found("ada");
    std::vector<std::string> seen;
    std::string cursor;
    int pages = 0;
    do {
        const Answer page =
            server.get("/admin/formats?limit=8" + (cursor.empty() ? "" : "&cursor=" + cursor), ada);
        REQUIRE(page.status == 200);
        CHECK(page.body["items"].size() <= 8);
        for (const json::Value& item : page.body["items"].array())
            seen.push_back(item["id"].as_string());
        cursor = page.body["next_cursor"].as_string();
        ++pages;
    } while (!cursor.empty() && pages < 10);
    CHECK(pages == 3);
    CHECK(seen.size() == 21);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 21);
    CHECK(std::is_sorted(seen.rbegin(), seen.rend()));

    for (const char* query : {"limit=0", "limit=101", "limit=ten", "cursor=made-up"}) {
        const Answer refused = server.get("/admin/formats?" + std::string(query), ada);
        CHECK_MESSAGE(refused.status == 422, query);
        CHECK(refused.pointers().size() == 1);
    }
}

TEST_CASE("a creation under an idempotency key happens once") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Headers key{{"Idempotency-Key", "k1"}};
    const Answer first = server.send("POST", "/admin/formats", ada.access_token, format("One"), key);
    const Answer again = server.send("POST", "/admin/formats", ada.access_token, format("One"), key);
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(again.headers.at("idempotent-replayed") == "true");

    const Answer mismatch = server.send("POST", "/admin/formats", ada.access_token, format("Two"), key);
    CHECK(mismatch.status == 422);
    CHECK(mismatch.pointers() == std::vector<std::string>{"header:Idempotency-Key"});
    CHECK(server.send("POST", "/admin/formats", eve.access_token, format("One"), key).body["id"] !=
          first.body["id"]);

    // A failure frees the key.
    const Headers second{{"Idempotency-Key", "k2"}};
    CHECK(server.send("POST", "/admin/formats", ada.access_token, format("One"), second).status == 409);
    CHECK(server.send("POST", "/admin/formats", ada.access_token, format("Two"), second).status == 201);
}

TEST_CASE("a platform is kept while formats belong to it") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer made = server.post("/admin/platforms", ada, json::Object{{"name", "Newsletter"}});
    REQUIRE(made.status == 201);
    CHECK(made.body["slug"].as_string() == "newsletter");
    const std::string path = "/admin/platforms/" + made.body["id"].as_string();

    json::Value header = format("Header");
    header.set("platform_id", made.body["id"]);
    const Answer format_made = server.post("/admin/formats", ada, header);
    REQUIRE(format_made.status == 201);
    CHECK(format_made.body["platform_id"] == made.body["id"]);
    CHECK(server.send("DELETE", path, ada.access_token).status == 409);

    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"name", "Mail"}})
              .body["name"]
              .as_string() == "Mail");
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{{"slug", "instagram"}}).status == 409);
    CHECK(server.send("PATCH", path, ada.access_token, json::Object{}).status == 422);
    CHECK(server.send("DELETE", "/admin/formats/" + format_made.body["id"].as_string(), ada.access_token)
              .status == 204);
    CHECK(server.send("DELETE", path, ada.access_token).status == 204);
}

TEST_CASE("activating a rule switches the other one of its kind off") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value wanted = json::Object{{"kind", "ranking"},
                                            {"name", "Products first"},
                                            {"definition", json::Object{{"priority", "product_first"}}},
                                            {"is_active", true}};
    const Answer made = server.post("/admin/rules", ada, wanted);
    REQUIRE(made.status == 201);
    int active = 0;
    const Answer all = server.get("/admin/rules?limit=100", ada);
    for (const json::Value& rule : all.body["items"].array())
        active += rule["kind"].as_string() == "ranking" && rule["is_active"].as_bool();
    CHECK(active == 1);

    const std::string path = "/admin/rules/" + made.body["id"].as_string();
    const Answer misfit =
        server.send("PATCH", path, ada.access_token,
                    json::Object{{"definition", json::Object{{"thresholds", json::Object{{"porn", 0.5}}}}}});
    CHECK(misfit.status == 422);
    const Answer off = server.send("PATCH", path, ada.access_token, json::Object{{"is_active", false}});
    CHECK(off.status == 200);
    CHECK(off.body["definition"]["priority"].as_string() == "product_first");
    CHECK(server.post("/admin/rules", ada, json::Object{{"kind", "other"}}).status == 422);
    CHECK(server.send("DELETE", path, ada.access_token).status == 204);
    CHECK(server.get(path, ada).status == 404);
}

TEST_CASE("text style sets are kept like everything else") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer made = server.post("/admin/text-style-sets", ada,
                                    json::Object{{"name", "Loud"}, {"definition", style_set(server, ada)}});
    REQUIRE(made.status == 201);
    const std::string path = "/admin/text-style-sets/" + made.body["id"].as_string();
    const Answer renamed = server.send("PATCH", path, ada.access_token, json::Object{{"name", "Quiet"}});
    CHECK(renamed.body["name"].as_string() == "Quiet");
    CHECK(renamed.body["definition"] == made.body["definition"]);
    CHECK(server.post("/admin/text-style-sets", ada, json::Object{{"name", "x"}, {"definition", 1}}).status ==
          422);
    CHECK(server.send("DELETE", path, ada.access_token).status == 204);
}
