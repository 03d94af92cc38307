// Designs over HTTP: repaired on their way in, changed under a version, with a history.

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "common/json/patch.hpp"
#include "common/json/pointer.hpp"
#include "tests/support/api/things.hpp"
#include "tests/unit/common/design/support/examples.hpp"

using namespace atelier;
using namespace atelier::tests;
using test::example;

namespace {

std::string path_of(const json::Value& design) {
    return "/designs/" + design["id"].as_string();
}

Answer patch(ApiServer& server, const Account& as, const json::Value& design, json::Value body) {
    if (!body.has("version")) body.set("version", design["version"]);
    return server.send("PATCH", path_of(design), as.access_token, body);
}

json::Value set_title(const std::string& title) {
    return json::Object{
        {"patch", json::Array{json::Object{{"op", "replace"}, {"path", "/meta/title"}, {"value", title}}}}};
}

/// What a client gets when it applies the log to what it sent.
json::Value repaired(json::Value sent, const json::Value& log) {
    const auto patch = json::parse_patch(log["patch"]);
    REQUIRE(patch.has_value());
    REQUIRE(json::apply(sent, *patch).has_value());
    return sent;
}

}  // namespace

TEST_CASE("a good design is stored as it came, under its title") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value poster = example("jazz_poster");
    const Answer made = server.post("/designs", ada, json::Object{{"design", poster}});
    REQUIRE_MESSAGE(made.status == 201, made.text);
    CHECK(made.body["design"] == poster);
    CHECK(made.body["version"].as_int() == 1);
    CHECK(made.body["is_valid"].as_bool());
    CHECK(made.body["name"] == poster["meta"]["title"]);
    CHECK(made.body["width"] == poster["canvas"]["width"]);
    CHECK(made.body["repair_log"]["patch"].size() == 0);
    CHECK(server.get(path_of(made.body), ada).body == made.body);
}

TEST_CASE("what a model wrote badly is repaired and the log says how") {
    ApiServer server;
    const Account ada = server.found("ada");
    const Answer text = server.post(
        "/designs", ada,
        json::Object{{"design",
                      "Here is your design:\n```json\n{'canvas': {'width': 99999, 'height': 400},\n"
                      "'layers': [{'type': 'text', 'role': 'headline', 'text': 'Hello'},]"}});
    REQUIRE_MESSAGE(text.status == 201, text.text);
    CHECK(text.body["design"]["canvas"]["width"].as_int() == 8192);
    CHECK(text.body["design"]["layers"].at(0)["runs"].at(0)["text"].as_string() == "Hello");
    CHECK(text.body["repair_log"]["syntax"].size() > 0);
    CHECK(text.body["repair_log"]["patch"].at(0)["reason"].is_string());

    json::Value damaged = example("quote_card");
    damaged.make_object().erase("schema_version");
    json::follow(damaged, "/canvas")->set("width", "1080px");
    const Answer object = server.post("/designs", ada, json::Object{{"design", damaged}, {"name", "Mine"}});
    REQUIRE(object.status == 201);
    CHECK(object.body["name"].as_string() == "Mine");
    CHECK(object.body["repair_log"]["patch"].size() > 0);
    CHECK(repaired(damaged, object.body["repair_log"]) == object.body["design"]);
}

TEST_CASE("every mistake of a request is named with its field") {
    ApiServer server;
    const Account ada = server.found("ada");
    const auto wrong = [&](const json::Value& body) {
        const Answer answer = server.post("/designs", ada, body);
        CHECK_MESSAGE(answer.status == 422, answer.text);
        return answer.pointers();
    };
    using Pointers = std::vector<std::string>;
    CHECK(wrong(json::Object{}) == Pointers{"/design"});
    CHECK(wrong(json::Object{{"design", 7}}) == Pointers{"/design"});
    CHECK(wrong(json::Object{{"design", "no design at all"}}) == Pointers{"/design"});
    const json::Value good = json::Object{{"layers", json::Array{}}};
    CHECK(wrong(json::Object{{"design", good}, {"name", ""}, {"colour", 1}}) == Pointers{"/name", "/colour"});
    CHECK(wrong(json::Object{{"design", good}, {"brand_id", ids::new_uuid()}}) == Pointers{"/brand_id"});
    CHECK(wrong(json::Object{{"design", good}, {"project_id", ids::new_uuid()}}) == Pointers{"/project_id"});
    json::Value deep = json::Object{};
    for (int i = 0; i < 40; ++i)
        deep = json::Object{{"a", deep}};
    CHECK(wrong(json::Object{{"design", deep}}) == Pointers{"/design"});

    const json::Value design = add_design(server, ada);
    const auto wrong_patch = [&](const json::Value& body) {
        const Answer answer = patch(server, ada, design, body);
        CHECK_MESSAGE(answer.status == 422, answer.text);
        return answer.pointers();
    };
    const auto operations = [](json::Array list) { return json::Object{{"patch", std::move(list)}}; };
    const json::Value title = json::Object{{"op", "replace"}, {"path", "/meta/title"}, {"value", "x"}};
    CHECK(wrong_patch(json::Object{}) == Pointers{""});
    CHECK(wrong_patch(json::Object{{"version", "1"}, {"name", "x"}}) == Pointers{"/version"});
    CHECK(wrong_patch(operations({})) == Pointers{"/patch"});
    CHECK(wrong_patch(operations({title, json::Object{{"op", "improve"}, {"path", "/meta"}}})) ==
          Pointers{"/patch/1/op"});
    CHECK(wrong_patch(operations({title, json::Object{{"op", "remove"}, {"path", "/meta/nothing"}}})) ==
          Pointers{"/patch/1"});
    CHECK(wrong_patch(operations({json::Object{
              {"op", "test"}, {"path", "/meta/title"}, {"value", "other"}}})) == Pointers{"/patch/0"});
    CHECK(wrong_patch(operations({json::Object{{"op", "replace"}, {"path", ""}, {"value", "text"}}})) ==
          Pointers{"/patch"});
    json::Value both = operations({title});
    both.set("design", good);
    CHECK(wrong_patch(both) == Pointers{"/patch"});
    CHECK(wrong_patch(json::Object{{"brand_id", ids::new_uuid()}}) == Pointers{"/brand_id"});
    CHECK(wrong_patch(json::Object{{"project_id", ids::new_uuid()}}) == Pointers{"/project_id"});
    CHECK(server.get(path_of(design), ada).body == design);
}

TEST_CASE("a patch that would copy the design into a mountain is refused") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value design = add_design(server, ada);
    json::Array copies;
    for (int i = 0; i < 60; ++i)
        copies.push_back(json::Object{{"op", "copy"}, {"from", ""}, {"path", "/copy" + std::to_string(i)}});
    const Answer answer = patch(server, ada, design, json::Object{{"patch", copies}});
    CHECK_MESSAGE(answer.status == 413, answer.text.substr(0, 500));
    REQUIRE(answer.pointers().size() == 1);
    CHECK(answer.pointers()[0].starts_with("/patch/"));
}

TEST_CASE("a change is validated, repaired and kept as the next version; an old version is refused") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value first = add_design(server, ada);
    json::Value change = set_title("Winter sale");
    change.make_object().find("patch")->push(
        json::Object{{"op", "replace"}, {"path", "/layers/0/opacity"}, {"value", 7}});
    const Answer second = patch(server, ada, first, change);
    REQUIRE_MESSAGE(second.status == 200, second.text);
    CHECK(second.body["version"].as_int() == 2);
    CHECK(second.body["design"]["meta"]["title"].as_string() == "Winter sale");
    CHECK(second.body["design"]["layers"].at(0)["opacity"].as_double() == 1);
    CHECK(second.body["repair_log"]["patch"].at(0)["rule"].as_string() == "clamp");

    const Answer stale = patch(server, ada, first, set_title("Too late"));
    CHECK(stale.status == 409);
    CHECK(stale.error_code() == "CONFLICT");
    CHECK(stale.body["error"]["current_version"].as_int() == 2);
    CHECK(stale.pointers() == std::vector<std::string>{"/version"});

    const Answer whole =
        patch(server, ada, second.body, json::Object{{"design", example("cafe_menu")}, {"name", "Menu"}});
    REQUIRE_MESSAGE(whole.status == 200, whole.text);
    CHECK(whole.body["version"].as_int() == 3);
    CHECK(whole.body["name"].as_string() == "Menu");
    CHECK(whole.body["width"] == example("cafe_menu")["canvas"]["width"]);

    const Answer same = patch(server, ada, whole.body, json::Object{{"design", example("cafe_menu")}});
    CHECK(same.body["version"].as_int() == 3);
    const Answer renamed = patch(server, ada, whole.body, json::Object{{"name", "Carte"}});
    CHECK(renamed.body["version"].as_int() == 3);
    CHECK(renamed.body["name"].as_string() == "Carte");
}

TEST_CASE("of many changes to one version exactly one wins, and the others learn the version that did") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value design = add_design(server, ada);
    std::atomic<int> won = 0, lost = 0, told = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                const Answer answer = patch(server, ada, design, set_title("Title " + std::to_string(i)));
                won += answer.status == 200;
                lost += answer.status == 409;
                told += answer.body["error"]["current_version"].as_int() == 2;
            });
    }
    CHECK(won == 1);
    CHECK(lost == 7);
    CHECK(told == 7);
    CHECK(server.get(path_of(design) + "/revisions", ada).body["items"].size() == 2);
}

TEST_CASE("history is listed, read, restored as a new version and duplicated") {
    ApiServer server;
    const Account ada = server.found("ada");
    json::Value design = add_design(server, ada, "One");
    design = patch(server, ada, design, set_title("Two")).body;
    design = patch(server, ada, design, set_title("Three")).body;

    const Answer history = server.get(path_of(design) + "/revisions?limit=2", ada);
    REQUIRE(history.status == 200);
    CHECK(history.body["items"].at(0)["version"].as_int() == 3);
    CHECK(history.body["items"].at(0)["origin"].as_string() == "patch");
    CHECK(history.body["items"].at(0)["user_id"].as_string() == ada.user.value);
    CHECK_FALSE(history.body["items"].at(0).has("design"));
    const Answer rest = server.get(
        path_of(design) + "/revisions?limit=2&cursor=" + history.body["next_cursor"].as_string(), ada);
    CHECK(rest.body["items"].size() == 1);
    CHECK(rest.body["items"].at(0)["origin"].as_string() == "create");

    const Answer old = server.get(path_of(design) + "/revisions/1", ada);
    CHECK(old.body["design"]["meta"]["title"].as_string() == "One");
    CHECK(server.get(path_of(design) + "/revisions/4", ada).status == 404);
    CHECK(server.get(path_of(design) + "/revisions/0", ada).status == 404);
    CHECK(server.get(path_of(design) + "/revisions/1x", ada).status == 404);

    const auto restore = [&](int version, int revision) {
        return server.post(path_of(design) + "/restore", ada,
                           json::Object{{"version", version}, {"revision", revision}});
    };
    CHECK(restore(2, 1).body["error"]["current_version"].as_int() == 3);
    CHECK(restore(3, 9).pointers() == std::vector<std::string>{"/revision"});
    const Answer restored = restore(3, 1);
    REQUIRE_MESSAGE(restored.status == 200, restored.text);
    CHECK(restored.body["version"].as_int() == 4);
    CHECK(restored.body["design"] == old.body["design"]);
    const Answer how = server.get(path_of(design) + "/revisions/4", ada);
    CHECK(how.body["origin"].as_string() == "restore");
    CHECK(how.body["source"]["version"].as_int() == 1);

    const Answer copy = server.send("POST", path_of(design) + "/duplicate", ada.access_token,
                                    json::Object{{"name", "A copy"}}, {{"Idempotency-Key", "copy-1"}});
    REQUIRE_MESSAGE(copy.status == 201, copy.text);
    CHECK(copy.body["id"] != design["id"]);
    CHECK(copy.body["version"].as_int() == 1);
    CHECK(copy.body["design"] == restored.body["design"]);
    CHECK(server.get(path_of(copy.body) + "/revisions/1", ada).body["source"]["version"].as_int() == 4);
    const Answer again = server.send("POST", path_of(design) + "/duplicate", ada.access_token,
                                     json::Object{{"name", "A copy"}}, {{"Idempotency-Key", "copy-1"}});
    CHECK(again.body["id"] == copy.body["id"]);
    CHECK(server.get("/designs", ada).body["items"].size() == 2);
}

TEST_CASE("a design goes to Fabric and comes back: unchanged it is the same, changed it is a revision") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value made =
        server.post("/designs", ada, json::Object{{"design", example("summer_sale_banner")}}).body;
    const Answer canvas = server.get(path_of(made) + "?as=fabric", ada);
    REQUIRE_MESSAGE(canvas.status == 200, canvas.text);
    CHECK(canvas.headers.at("etag") == "\"1\"");
    CHECK(canvas.body["objects"].size() == made["design"]["layers"].size());
    const auto save = [&](const json::Value& fabric) {
        return patch(server, ada, made, json::Object{{"format", "fabric"}, {"design", fabric}});
    };
    const Answer same = save(canvas.body);
    REQUIRE_MESSAGE(same.status == 200, same.text);
    CHECK(same.body["version"].as_int() == 1);
    CHECK(same.body["design"] == made["design"]);

    json::Value moved = canvas.body;
    json::Value* object = json::follow(moved, "/objects/0");
    object->set("left", (*object)["left"].as_double() + 40);
    const Answer changed = save(moved);
    CHECK(changed.body["version"].as_int() == 2);
    CHECK(changed.body["design"]["layers"].at(0)["x"].as_double() ==
          doctest::Approx(made["design"]["layers"].at(0)["x"].as_double() + 40));

    const Answer copy =
        server.post("/designs", ada, json::Object{{"format", "fabric"}, {"design", canvas.body}});
    REQUIRE_MESSAGE(copy.status == 201, copy.text);
    CHECK(copy.body["design"] == made["design"]);
    CHECK(server.post("/designs", ada, json::Object{{"format", "fabric"}, {"design", "canvas"}}).pointers() ==
          std::vector<std::string>{"/design"});
    CHECK(patch(server, ada, changed.body, json::Object{{"format", "fabric"}}).pointers() ==
          std::vector<std::string>{"/format"});
}

TEST_CASE("a design is seen as SVG with real text") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value made =
        server.post("/designs", ada, json::Object{{"design", example("jazz_poster")}}).body;
    const Answer svg = server.get(path_of(made) + "?as=svg", ada);
    REQUIRE_MESSAGE(svg.status == 200, svg.text);
    CHECK(svg.headers.at("content-type") == "image/svg+xml");
    CHECK(svg.headers.at("etag") == "\"1\"");
    CHECK(svg.text.find("<text") != std::string::npos);
    CHECK(server.get(path_of(made) + "?as=gif", ada).pointers() == std::vector<std::string>{"query:as"});
}

TEST_CASE("a design is made once for an idempotency key") {
    ApiServer server;
    const Account ada = server.found("ada");
    const auto send = [&](const std::string& name) {
        return server.send("POST", "/designs", ada.access_token,
                           json::Object{{"name", name}, {"design", json::Object{{"layers", json::Array{}}}}},
                           {{"Idempotency-Key", "design-1"}});
    };
    const Answer first = send("One"), second = send("One"), other = send("Two");
    CHECK(first.status == 201);
    CHECK(second.body["id"] == first.body["id"]);
    CHECK(second.headers.contains("idempotent-replayed"));
    CHECK(other.status == 422);
    CHECK(server.get("/designs", ada).body["items"].size() == 1);
}

TEST_CASE("a design says which of its pictures are missing, also once an asset is deleted") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const std::string mine = add_asset(server, ada).id.value, theirs = add_asset(server, eve).id.value;
    const auto image = [](const std::string& id) {
        return json::Object{{"type", "image"}, {"picture", json::Object{{"asset_id", id}}}};
    };
    const json::Value document = json::Object{{"layers", json::Array{image(mine), image(theirs)}}};
    const Answer made = server.post("/designs", ada, json::Object{{"design", document}});
    REQUIRE(made.status == 201);
    CHECK(made.body["missing_assets"] == json::Value(json::Array{theirs}));
    CHECK(server.send("DELETE", "/assets/" + mine, ada.access_token).status == 204);
    CHECK(server.get(path_of(made.body), ada).body["missing_assets"] ==
          json::Value(json::Array{mine, theirs}));
}

TEST_CASE("designs are listed by project and brand, and a deleted one is gone") {
    ApiServer server;
    const Account ada = server.found("ada");
    const ProjectId project = add_project(server, ada, add_asset(server, ada).id);
    const json::Value brand = add_brand(server, ada), loose = add_design(server, ada, "Loose");
    json::Value design = add_design(server, ada, "Tight");
    design =
        patch(server, ada, design, json::Object{{"project_id", project.value}, {"brand_id", brand["id"]}})
            .body;
    CHECK(design["project_id"].as_string() == project.value);
    const auto listed = [&](const std::string& query) {
        std::string names;
        const Answer answer = server.get("/designs" + query, ada);
        for (const json::Value& item : answer.body["items"].array()) {
            names += item["name"].as_string() + " ";
            CHECK_FALSE(item.has("design"));
        }
        return names;
    };
    CHECK(listed("") == "Tight Loose ");
    CHECK(listed("?project_id=" + project.value) == "Tight ");
    CHECK(listed("?brand_id=" + brand["id"].as_string()) == "Tight ");
    CHECK(listed("?brand_id=" + ids::new_uuid()) == "");

    CHECK(server.send("DELETE", "/projects/" + project.value, ada.access_token).status == 204);
    CHECK(server.get(path_of(design), ada).body["project_id"].is_null());
    CHECK(server.send("DELETE", path_of(design), ada.access_token).status == 204);
    CHECK(server.send("DELETE", path_of(design), ada.access_token).status == 404);
    CHECK(server.get(path_of(design) + "/revisions", ada).status == 404);
    CHECK(listed("") == "Loose ");
}
