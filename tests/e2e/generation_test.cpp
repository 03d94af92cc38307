// Prompts to designs through the real server and its workers, on the builtin engine.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "common/media/media.hpp"
#include "tests/e2e/shared_server.hpp"

using namespace atelier;
using namespace atelier::e2e;

namespace {

const std::string kPrompt = "Diwali mega sale on headphones, premium dark with gold";

json::Value wish(int variants, int seed = 7) {
    return json::Object{{"prompt", kPrompt}, {"variants", variants}, {"seed", seed}};
}

std::string asked(const Client& user, const std::string& path, const json::Value& body) {
    return user.post_ok(202, path, body)["job_id"].as_string();
}

json::Value design_of(const Client& user, const json::Value& told) {
    return user.get_ok("/designs/" + told["design_id"].as_string());
}

/// The layers of a document, those in groups included.
void for_each_layer(const json::Value& layers, const std::function<void(const json::Value&)>& visit) {
    for (const json::Value& layer : layers.array()) {
        visit(layer);
        for_each_layer(layer["layers"], visit);
    }
}

std::set<std::string> pictures_in(const json::Value& design) {
    std::set<std::string> assets;
    for_each_layer(design["design"]["layers"], [&](const json::Value& layer) {
        if (layer["type"].as_string() == "smart_image")
            assets.insert(layer["picture"]["asset_id"].as_string());
    });
    return assets;
}

const json::Value* layer_with_role(const json::Value& layers, const std::string& role) {
    for (const json::Value& layer : layers.array())
        if (layer["role"].as_string() == role && layer["type"].as_string() == "text") return &layer;
    return nullptr;
}

}  // namespace

TEST_CASE("a prompt becomes finished designs, each told as soon as it is there") {
    const Client user = shared_server().user();
    const std::int64_t before = user.balance();
    const std::string job = asked(user, "/ai/generate-designs", wish(3));
    const json::Value result = user.completed(job)["result"];
    REQUIRE(result["designs"].size() == 3);
    CHECK(result["pictures"].as_int() == 3);
    CHECK(user.balance() == before - 6);

    std::set<std::string> told, documents;
    std::vector<std::string> phases;
    for (const json::Value& event : user.events(job)) {
        if (phases.empty() || phases.back() != event["phase"].as_string())
            phases.push_back(event["phase"].as_string());
        for (const json::Value& part : event["results"].array())
            told.insert(part["design_id"].as_string());
    }
    CHECK(told.size() >= 2);  // the last one may come with the result itself
    for (const char* phase : {"analyzing", "composing", "generating"})
        CHECK(std::count(phases.begin(), phases.end(), phase) >= 1);

    const json::Array pictures = user.results(job);
    REQUIRE(pictures.size() == 3);
    for (const json::Value& one : result["designs"].array()) {
        const json::Value design = design_of(user, one);
        CHECK(design["is_valid"].as_bool());
        CHECK(design["missing_assets"].size() == 0);
        CHECK(design["design"]["canvas"]["width"].as_int() == 1080);
        documents.insert(json::write(design["design"]["layers"]));
        const auto assets = pictures_in(design);
        CHECK_FALSE(assets.empty());
        for (const std::string& id : assets) {
            const json::Value asset = user.get_ok("/assets/" + id);
            CHECK(asset["origin"].as_string() == "generated");
            CHECK(asset["moderation"].as_string() == "approved");
            CHECK(user.fetch(asset["download_url"].as_string()).status == 200);
        }
    }
    CHECK(documents.size() == 3);
    for (const json::Value& picture : pictures) {
        CHECK(picture["moderation"].as_string() == "approved");
        const Answer bytes = user.fetch(picture["url"].as_string());
        const auto info =
            media::inspect({reinterpret_cast<const std::uint8_t*>(bytes.bytes.data()), bytes.bytes.size()});
        REQUIRE(info.has_value());
        CHECK(info->upright_width == 1080);
    }
}

TEST_CASE(
    "equal requests share their pictures, also while these are being made; another tenant has its own") {
    const Client ada = shared_server().user(), eve = shared_server().user();
    const std::string first = asked(ada, "/ai/generate-designs", wish(1, 11)),
                      second = asked(ada, "/ai/generate-designs", wish(1, 11)),
                      foreign = asked(eve, "/ai/generate-designs", wish(1, 11));
    const auto pictures = [](const Client& user, const std::string& job) {
        return pictures_in(design_of(user, user.completed(job)["result"]["designs"].at(0)));
    };
    const auto mine = pictures(ada, first);
    CHECK(mine == pictures(ada, second));
    std::vector<std::string> common;
    const auto hers = pictures(eve, foreign);
    std::set_intersection(mine.begin(), mine.end(), hers.begin(), hers.end(), std::back_inserter(common));
    CHECK(common.empty());
}

TEST_CASE("a design is made in a format, in a brand's clothes, into a project's size") {
    const Client user = shared_server().user();
    const json::Value brand =
        user.post_ok(201, "/brands",
                     json::Object{{"name", "Nordlys"},
                                  {"colors", json::Object{{"primary", "#0b3d2e"},
                                                          {"secondary", "#7fb69e"},
                                                          {"accent", "#e8a33d"},
                                                          {"background", "#f7f4ec"},
                                                          {"text", "#14201b"}}},
                                  {"fonts", json::Object{{"heading", "League Spartan"}, {"body", "Inter"}}}});
    json::Value body = wish(2);
    body.set("brand_id", brand["id"]).set("format", "youtube-thumbnail");
    const json::Value result = user.completed(asked(user, "/ai/generate-designs", body))["result"];
    for (const json::Value& told : result["designs"].array()) {
        const json::Value design = design_of(user, told);
        CHECK(design["width"].as_int() == 1280);
        CHECK(design["height"].as_int() == 720);
        CHECK(design["design"]["brand"]["colors"] == brand["colors"]);
        CHECK(design["design"]["brand"]["fonts"] == brand["fonts"]);
    }
}

TEST_CASE("an instruction makes the next revision, and names the version that it is about") {
    const Client user = shared_server().user();
    const json::Value made =
        user.completed(asked(user, "/ai/generate-designs", wish(1)))["result"]["designs"].at(0);
    const json::Value before = design_of(user, made);
    json::Value body =
        json::Object{{"design_id", made["design_id"]},
                     {"version", 1},
                     {"instruction", "change the headline to \"Lights on\" and make the background navy"}};
    const json::Value result = user.completed(asked(user, "/ai/edit-design", body))["result"];
    CHECK(result["version"].as_int() == 2);
    CHECK(result["patch"].size() > 0);
    CHECK(result["summary"].size() > 0);
    CHECK(result["not_understood"].size() == 0);
    const json::Value after = design_of(user, made);
    CHECK(after["version"].as_int() == 2);
    const json::Value* headline = layer_with_role(after["design"]["layers"], "headline");
    REQUIRE(headline);
    CHECK((*headline)["runs"].at(0)["text"].as_string() == "Lights on");
    CHECK(user.post("/ai/edit-design", body).status == 409);
    body.set("version", 2).set("instruction", "flibber the gabbet");
    const json::Value failed = user.ended(asked(user, "/ai/edit-design", body));
    CHECK(failed["state"].as_string() == "failed");
    CHECK(failed["error"]["details"].size() > 0);
}

TEST_CASE("a design gets the pictures that it lacks, and fresh ones when asked") {
    const Client user = shared_server().user();
    const json::Value made =
        user.completed(asked(user, "/ai/generate-designs", wish(1)))["result"]["designs"].at(0);
    const json::Value id = made["design_id"];
    CHECK(user.post("/ai/smart-images", json::Object{{"design_id", id}}).status == 422);  // nothing lacks
    const auto before = pictures_in(design_of(user, made));
    const json::Value result = user.completed(
        asked(user, "/ai/smart-images", json::Object{{"design_id", id}, {"fresh", true}}))["result"];
    CHECK(result["designs"].at(0)["version"].as_int() == 2);
    const auto after = pictures_in(design_of(user, made));
    CHECK(after.size() == before.size());
    for (const std::string& asset : after)
        CHECK(before.count(asset) == 0);
}

TEST_CASE("pictures on their own are paid for once, and can be edited") {
    const Client user = shared_server().user();
    const json::Value order = json::Object{
        {"prompt", "bokeh lights, #1a0f2e #d4a537, calm on the left"}, {"width", 320}, {"height", 240}};
    const json::Value twice = json::Object{{"images", json::Array{order, order}}};
    const std::int64_t before = user.balance();
    const json::Value job = user.completed(asked(user, "/ai/smart-images", twice));
    CHECK(job["price"].as_int() == 1);
    const std::string asset = job["result"]["images"].at(0)["asset_id"].as_string();
    CHECK(job["result"]["images"].at(1)["asset_id"].as_string() == asset);
    CHECK(user.completed(asked(user, "/ai/smart-images", twice))["price"].as_int() == 0);
    CHECK(user.balance() == before - 1);

    const json::Value edit = json::Object{
        {"images", json::Array{json::Object{
                       {"task", "edit"}, {"asset_id", asset}, {"prompt", "make it black and white"}}}}};
    const json::Value edited =
        user.completed(asked(user, "/ai/smart-images", edit))["result"]["images"].at(0);
    CHECK(edited["asset_id"].as_string() != asset);
    const json::Value shown = user.get_ok("/assets/" + edited["asset_id"].as_string());
    CHECK(shown["width"].as_int() == 320);
    CHECK(shown["height"].as_int() == 240);

    const auto edit_as = [&](json::Value more) {
        json::Value image = json::Object{{"asset_id", asset}};
        for (const auto& [name, value] : more.object())
            image.set(name, value);
        const json::Value job = user.completed(
            asked(user, "/ai/smart-images", json::Object{{"images", json::Array{std::move(image)}}}));
        return user.get_ok("/assets/" + job["result"]["images"].at(0)["asset_id"].as_string());
    };
    const json::Value wider = edit_as(json::Object{
        {"task", "outpaint"}, {"prompt", "extend the background"}, {"width", 480}, {"height", 240}});
    CHECK(wider["width"].as_int() == 480);
    const json::Value square = edit_as(json::Object{{"task", "edit"}, {"prompt", "crop it to a square"}});
    CHECK(square["width"] == square["height"]);
}

TEST_CASE("a prompt that nothing may be made of costs nothing, and its field is named") {
    const Client user = shared_server().user();
    const std::int64_t before = user.balance();
    const json::Value job = user.ended(
        asked(user, "/ai/generate-designs",
              json::Object{{"prompt", "a poster praising the nazi genocide and calling to kill all jews"}}));
    CHECK(job["state"].as_string() == "failed");
    CHECK(job["error"]["code"].as_string() == "VALIDATION_FAILED");
    CHECK(job["error"]["details"].at(0)["pointer"].as_string() == "/prompt");
    CHECK(job["error"]["details"].at(0)["rule"].as_string() == "unsafe");
    CHECK_FALSE(job["error"]["retryable"].as_bool());
    CHECK(user.balance() == before);
}

TEST_CASE(
    "a brief is read alone; what is wrong with a request is named; other tenants' designs are not there") {
    const Client ada = shared_server().user(), eve = shared_server().user();
    const json::Value brief =
        ada.completed(asked(ada, "/ai/brief", json::Object{{"prompt", kPrompt}}))["result"]["brief"];
    CHECK(brief["prompt"].as_string() == kPrompt);
    CHECK(brief["intent"].as_string() == "sale");
    CHECK(brief["copies"].size() == 4);

    const Answer wrong = ada.post(
        "/ai/generate-designs",
        json::Object{
            {"prompt", ""}, {"variants", 9}, {"canvas", json::Object{{"width", 10}}}, {"style", "x"}});
    CHECK(wrong.status == 422);
    CHECK(wrong.body["error"]["details"].size() >= 4);
    CHECK(ada.post("/ai/generate-designs", json::Object{{"prompt", kPrompt}, {"format", "no-such"}}).status ==
          422);
    CHECK(ada.post("/jobs", json::Object{{"kind", "design_generation"}, {"input", wish(1)}}).status == 422);

    const json::Value made =
        ada.completed(asked(ada, "/ai/generate-designs", wish(1)))["result"]["designs"].at(0);
    CHECK(eve.post("/ai/edit-design",
                   json::Object{{"design_id", made["design_id"]}, {"instruction", "make it blue"}})
              .status == 404);
    CHECK(eve.post("/ai/smart-images", json::Object{{"design_id", made["design_id"]}}).status == 404);
}
