// Designs by a remote provider: what it answers is repaired and paid for; what fails is told and resumed
// where it failed.

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>

#include "tests/e2e/shared_server.hpp"
#include "tests/support/vendors/fake_vendor.hpp"

using namespace atelier;
using namespace atelier::e2e;
using tests::Act;
using tests::Behaviour;
using tests::FakeVendor;

namespace {

json::Value copy(const std::string& headline) {
    return json::Object{{"kicker", ""}, {"headline", headline}, {"subheadline", "Forty pairs, one evening."},
                        {"body", ""},   {"cta", "Shop now"},    {"badge", ""},
                        {"caption", ""}};
}

json::Value brief() {
    return json::Object{{"prompt", "x"},
                        {"language", "en"},
                        {"title", "Lamp sale"},
                        {"intent", "sale"},
                        {"purpose", "sale banner"},
                        {"subject", "lamps"},
                        {"occasion", ""},
                        {"season", ""},
                        {"audience", ""},
                        {"brand", ""},
                        {"tone", json::Array{"warm"}},
                        {"mood", "light"},
                        {"colors", json::Array{}},
                        {"style_keywords", json::Array{"warm"}},
                        {"motifs", json::Array{}},
                        {"image_prompt", "a warm lamp"},
                        {"copies", json::Array{copy("Light up"), copy("Lamps, less")}}};
}

/// A design as models write them: right in the main, with much left out.
json::Value sloppy_design() {
    return json::Object{
        {"canvas", json::Object{{"width", 1080}, {"height", 1080}}},
        {"layers", json::Array{json::Object{{"type", "smart_image"},
                                            {"role", "hero"},
                                            {"x", 540},
                                            {"y", 0},
                                            {"width", "540px"},
                                            {"height", 1080},
                                            {"recipe", json::Object{{"prompt", "a warm lamp on a table"}}}},
                               json::Object{{"type", "text"},
                                            {"role", "headline"},
                                            {"text", "Light up"},
                                            {"x", 60},
                                            {"y", 120},
                                            {"width", 420},
                                            {"font_size", 96}}}}};
}

/// A server whose only provider is the fake, or the last one behind the builtin engine.
struct House {
    explicit House(bool has_builtin = false) {
        std::ofstream file(folder / "providers.json");
        const auto model = [&](ai::Capability capability) {
            return json::Object{{"model", vendor.model(capability)}, {"timeout_ms", 5000}};
        };
        json::Value row = json::Object{
            {"id", "fake"}, {"vendor", "openai"}, {"base_url", vendor.base_url()}, {"key_env", "FAKE_KEY"}};
        row.set("models",
                json::Object{{"text", model(ai::Capability::text)}, {"image", model(ai::Capability::image)}});
        row.set("breaker", json::Object{{"failures", 1000}});
        json::Value rows = json::Array{};
        if (has_builtin) rows.push(json::Object{{"id", "builtin"}, {"vendor", "builtin"}});
        file << json::write(json::Object{{"providers", rows.push(row)}});
        file.close();
        server = std::make_unique<Standalone>(Environment{
            {"ATELIER_PROVIDERS_FILE", folder / "providers.json"}, {"FAKE_KEY", FakeVendor::key()}});
    }

    TempFolder folder;
    FakeVendor vendor{"openai"};
    std::unique_ptr<Standalone> server;
};

bool is_about(const tests::SeenCall& call, const std::string& schema) {
    return call.body["response_format"]["json_schema"]["name"].as_string() == schema;
}

}  // namespace

TEST_CASE("a remote provider's designs are repaired, its pictures fitted, its work told") {
    House house;
    house.vendor.script([](const tests::SeenCall& call) -> Behaviour {
        if (is_about(call, "brief")) return {.act = Act::fenced_json, .answer = brief()};
        if (is_about(call, "design")) return {.answer = sloppy_design()};
        return {};
    });
    const Client user = house.server->user();
    const json::Value body = json::Object{{"prompt", "A sale of lamps, warm"}, {"variants", 2}};
    const std::string job = user.post_ok(202, "/ai/generate-designs", body)["job_id"].as_string();
    const json::Value result = user.completed(job)["result"];
    REQUIRE(result["designs"].size() == 2);
    for (const json::Value& told : result["designs"].array()) {
        CHECK(told["by"]["provider"].as_string() == "fake");
        const json::Value design = user.get_ok("/designs/" + told["design_id"].as_string());
        CHECK(design["is_valid"].as_bool());
        CHECK(design["repair_log"]["patch"].size() > 0);
        const std::string asset = design["design"]["layers"].at(0)["picture"]["asset_id"].as_string();
        const json::Value picture = user.get_ok("/assets/" + asset);
        CHECK(picture["width"].as_int() == 540);
        CHECK(picture["height"].as_int() == 1080);
    }
}

TEST_CASE(
    "a failed generation says why and is resumed where it failed, without paying again for what was done") {
    House house;
    std::atomic<bool> is_broken{true};
    std::atomic<int> briefs{0}, designs{0};
    house.vendor.script([&](const tests::SeenCall& call) -> Behaviour {
        if (is_about(call, "brief")) {
            ++briefs;
            return {.answer = brief()};
        }
        if (is_about(call, "design")) {
            ++designs;
            if (is_broken) return {.act = Act::server_error};
            return {.answer = sloppy_design()};
        }
        return {};
    });
    const Client user = house.server->user();
    const std::int64_t before = user.balance();
    const json::Value body = json::Object{{"prompt", "A sale of lamps, warm"}, {"variants", 1}};
    const std::string job = user.post_ok(202, "/ai/generate-designs", body)["job_id"].as_string();
    CHECK(user.post("/jobs/" + job + "/retry").status == 409);
    const json::Value failed = user.ended(job);
    CHECK(failed["state"].as_string() == "failed");
    CHECK(failed["error"]["code"].as_string() == "GENERATION_FAILED");
    CHECK(failed["error"]["step"].as_string() == "compose_design");
    CHECK(failed["error"]["retryable"].as_bool());
    CHECK_FALSE(failed["error"]["model_error"].as_string().empty());
    CHECK(failed["error"]["details"].at(0)["pointer"].as_string() == "/providers/fake");
    CHECK(user.balance() == before);
    const int paid = briefs;

    is_broken = false;
    CHECK(user.post_ok(200, "/jobs/" + job + "/retry")["id"].as_string() == job);
    const json::Value done = user.completed(job);
    CHECK(done["result"]["designs"].size() == 1);
    CHECK(briefs == paid);
    CHECK(user.balance() == before - 2);
    CHECK(house.server->user().post("/jobs/" + job + "/retry").status == 404);
}

TEST_CASE("what the builtin engine cannot do, the next provider does: a translation") {
    House house(true);
    house.vendor.script([](const tests::SeenCall& call) -> Behaviour {
        json::Value texts = json::Array{};
        const std::string prompt = json::write(call.body["messages"]);
        for (const char* text : {"Leuchtet", "Vierzig Paare, ein Abend."})
            if (prompt.find(text) == std::string::npos) texts.push(text);
        return {.answer = json::Object{{"texts", texts}}};
    });
    const Client user = house.server->user();
    const json::Value document = json::Object{
        {"canvas", json::Object{{"width", 600}, {"height", 400}}},
        {"layers", json::Array{json::Object{{"type", "text"}, {"role", "headline"}, {"text", "Light up"}},
                               json::Object{{"type", "text"}, {"role", "body"}, {"text", "Forty pairs."}}}}};
    const json::Value design = user.post_ok(201, "/designs", json::Object{{"design", document}});
    const json::Value edit =
        json::Object{{"design_id", design["id"]}, {"instruction", "translate to German"}};
    const std::string job = user.post_ok(202, "/ai/edit-design", edit)["job_id"].as_string();
    const json::Value result = user.completed(job)["result"];
    CHECK(result["version"].as_int() == 2);
    const json::Value after = user.get_ok("/designs/" + design["id"].as_string());
    CHECK(after["design"]["meta"]["language"].as_string() == "de");
    CHECK(json::write(after["design"]["layers"]).find("Vierzig Paare, ein Abend.") != std::string::npos);

    const Client other = shared_server().user();  // the builtin engine alone
    const json::Value lonely = other.post_ok(201, "/designs", json::Object{{"design", document}});
    const json::Value failed =
        other.ended(other
                        .post_ok(202, "/ai/edit-design",
                                 json::Object{{"design_id", lonely["id"]},
                                              {"instruction", "translate to German"}})["job_id"]
                        .as_string());
    CHECK(failed["error"]["code"].as_string() == "GENERATION_FAILED");
    CHECK_FALSE(failed["error"]["retryable"].as_bool());
    CHECK(failed["error"]["model_error"].as_string().find("translate") != std::string::npos);
}
