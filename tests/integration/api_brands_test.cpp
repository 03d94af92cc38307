// Brand kits over HTTP, and designs that wear them.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "common/json/patch.hpp"
#include "common/json/pointer.hpp"
#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

std::string path_of(const json::Value& brand) {
    return "/brands/" + brand["id"].as_string();
}

json::Value banner() {
    std::ifstream file(std::string(ATELIER_SOURCE_DIR) + "/schemas/design/examples/summer_sale_banner.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).value();
}

}  // namespace

TEST_CASE("a brand lives: added, read, changed member by member, deleted") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value brand = add_brand(server, ada);
    CHECK(brand["colors"]["primary"].as_string() == "#1b4332");
    CHECK(brand["logos"].size() == 0);
    CHECK(server.get(path_of(brand), ada).body == brand);
    const std::string logo = add_asset(server, ada).id.value;
    const Answer changed =
        server.send("PATCH", path_of(brand), ada.access_token,
                    json::Object{{"voice", ""}, {"logos", json::Array{json::Object{{"asset_id", logo}}}}});
    REQUIRE_MESSAGE(changed.status == 200, changed.text);
    CHECK(changed.body["logos"].at(0)["asset_id"].as_string() == logo);
    CHECK(changed.body["colors"] == brand["colors"]);
    CHECK(changed.body["voice"].as_string().empty());

    CHECK(server.send("DELETE", "/assets/" + logo, ada.access_token).status == 204);
    CHECK(server.get(path_of(brand), ada).body["logos"].size() == 0);
    CHECK(server.get("/brands", ada).body["items"].size() == 1);
    CHECK(server.send("DELETE", path_of(brand), ada.access_token).status == 204);
    CHECK(server.get(path_of(brand), ada).status == 404);
}

TEST_CASE("a brand's mistakes are named, all of them") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const json::Value colors = add_brand(server, ada)["colors"];
    json::Value wrong_colors = colors;
    wrong_colors.set("accent", "reddish");
    wrong_colors.make_object().erase("text");
    const Answer wrong = server.post(
        "/brands", ada,
        json::Object{{"name", ""}, {"colors", wrong_colors}, {"fonts", json::Object{}}, {"slogan", "x"}});
    CHECK(wrong.status == 422);
    const auto pointers = wrong.pointers();
    for (const char* pointer :
         {"/name", "/colors/accent", "/colors/text", "/fonts/heading", "/fonts/body", "/slogan"})
        CHECK_MESSAGE(std::count(pointers.begin(), pointers.end(), pointer) == 1, pointer);

    const Answer foreign = server.post(
        "/brands", ada,
        json::Object{{"name", "Tavola"},
                     {"colors", colors},
                     {"fonts", json::Object{{"heading", "Inter"}, {"body", "Inter"}}},
                     {"logos", json::Array{json::Object{{"asset_id", add_asset(server, eve).id.value}}}}});
    CHECK(foreign.status == 422);
    CHECK(foreign.pointers() == std::vector<std::string>{"/logos/0/asset_id"});
}

TEST_CASE("a design takes a brand's colours and fonts, and the log turns the one into the other") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value brand = add_brand(server, ada), sent = banner();
    const Answer made =
        server.post("/designs", ada, json::Object{{"design", sent}, {"brand_id", brand["id"]}});
    REQUIRE_MESSAGE(made.status == 201, made.text);
    const json::Value& worn = made.body["design"];
    CHECK(made.body["brand_id"] == brand["id"]);
    CHECK(worn["brand"]["name"] == brand["name"]);
    CHECK(worn["brand"]["colors"] == brand["colors"]);
    CHECK(worn["brand"]["fonts"] == brand["fonts"]);
    const std::string before = json::write(sent["layers"]) + json::write(sent["canvas"]),
                      after = json::write(worn["layers"]) + json::write(worn["canvas"]);
    const std::string old_accent = sent["brand"]["colors"]["accent"].as_string();
    CHECK(before.find(old_accent) != std::string::npos);
    CHECK(after.find(old_accent) == std::string::npos);
    CHECK(after.find(brand["colors"]["accent"].as_string()) != std::string::npos);
    CHECK(after.find("\"font_family\":\"Roboto Slab\"") != std::string::npos);
    CHECK(after.find(sent["brand"]["fonts"]["heading"].as_string()) == std::string::npos);

    json::Value replayed = sent;
    REQUIRE(json::apply(replayed, *json::parse_patch(made.body["repair_log"]["patch"])).has_value());
    CHECK(replayed == worn);
}

TEST_CASE("a headline that takes a wider font is mended until it fits, and then left alone") {
    ApiServer server;
    const Account ada = server.found("ada");
    json::Value wide = add_brand(server, ada, "Wide");
    wide = server
               .send("PATCH", path_of(wide), ada.access_token,
                     json::Object{{"fonts", json::Object{{"heading", "Open Sans"}, {"body", "Open Sans"}}}})
               .body;
    const Answer made =
        server.post("/designs", ada, json::Object{{"design", banner()}, {"brand_id", wide["id"]}});
    REQUIRE_MESSAGE(made.status == 201, made.text);
    CHECK(made.body["is_valid"].as_bool());
    bool mended = false;
    for (const json::Value& repair : made.body["repair_log"]["patch"].array())
        mended = mended || repair["rule"].as_string() == "text_fit";
    CHECK(mended);
    const Answer again = server.post("/designs", ada, json::Object{{"design", made.body["design"]}});
    CHECK(again.body["repair_log"]["patch"].size() == 0);
}

TEST_CASE("a design that takes a brand later has a revision of it; it outlives the brand") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value brand = add_brand(server, ada);
    const Answer made = server.post("/designs", ada, json::Object{{"design", banner()}});
    const std::string path = "/designs/" + made.body["id"].as_string();
    const Answer worn =
        server.send("PATCH", path, ada.access_token, json::Object{{"version", 1}, {"brand_id", brand["id"]}});
    REQUIRE_MESSAGE(worn.status == 200, worn.text);
    CHECK(worn.body["version"].as_int() == 2);
    CHECK(server.get(path + "/revisions/2", ada).body["origin"].as_string() == "brand");
    CHECK(worn.body["design"]["brand"]["name"] == brand["name"]);
    CHECK(server.send("DELETE", path_of(brand), ada.access_token).status == 204);
    const Answer kept = server.get(path, ada);
    CHECK(kept.body["brand_id"].is_null());
    CHECK(kept.body["design"] == worn.body["design"]);
}
