// Asking for designs and pictures: what is accepted, resolved, paid and refused. No worker runs.

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

using Pointers = std::vector<std::string>;

json::Value wish(json::Value more = {}) {
    json::Value body = json::Object{{"prompt", "Spring sale on garden chairs"}};
    for (const auto& [name, value] : more.object())
        body.set(name, value);
    return body;
}

store::Job job_of(ApiServer& server, const Account& as, const Answer& accepted) {
    REQUIRE_MESSAGE(accepted.status == 202, accepted.text);
    return server.db()
        .read([&](soci::session& session) {
            return store::find_job(session, as.organization, JobId{accepted.body["job_id"].as_string()});
        })
        .value();
}

std::int64_t balance(ApiServer& server, const Account& as) {
    return server.get("/credits", as).body["balance"].as_int();
}

/// A design with two smart images, `lamp` without a picture and `room` in a group.
json::Value with_smart_images(ApiServer& server, const Account& as) {
    const auto image = [](const std::string& id) {
        return json::Object{{"type", "smart_image"},
                            {"id", id},
                            {"x", 0},
                            {"y", 0},
                            {"width", 300},
                            {"height", 200.4},
                            {"recipe", json::Object{{"prompt", "a " + id + " on a transparent background"}}}};
    };
    const json::Value design = json::Object{
        {"layers",
         json::Array{
             image("lamp"),
             json::Object{
                 {"type", "group"}, {"width", 300}, {"height", 300}, {"layers", json::Array{image("room")}}},
             json::Object{{"type", "text"}, {"role", "headline"}, {"text", "Light"}, {"y", 600}}}}};
    const Answer made = server.post("/designs", as, json::Object{{"design", design}});
    REQUIRE_MESSAGE(made.status == 201, made.text);
    return made.body;
}

}  // namespace

TEST_CASE("a generation is resolved when it is accepted: canvas, brand, seed, price") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value brand = add_brand(server, ada);
    const std::int64_t before = balance(server, ada);
    const Answer accepted =
        server.post("/ai/generate-designs", ada,
                    wish(json::Object{{"variants", 3}, {"format", "x-post"}, {"brand_id", brand["id"]}}));
    const store::Job job = job_of(server, ada, accepted);
    CHECK(job.kind == "design_generation");
    CHECK(job.price == 6);
    CHECK(balance(server, ada) == before - 6);
    CHECK(job.input["canvas"] == json::Value(json::Object{{"width", 1600}, {"height", 900}}));
    CHECK(job.input["format"]["slug"].as_string() == "x-post");
    CHECK(job.input["brand"]["colors"] == brand["colors"]);
    CHECK(job.input["seed"].is_int());
    const store::Job usual = job_of(server, ada, server.post("/ai/generate-designs", ada, wish()));
    CHECK(usual.price == 8);
    CHECK(usual.input["canvas"] == json::Value(json::Object{{"width", 1080}, {"height", 1080}}));
    CHECK(usual.input["seed"] != job.input["seed"]);
    CHECK(usual.input["brand"].is_null());
}

TEST_CASE("a generation that cannot be is refused, by its fields") {
    ApiServer server(Sets{{"ATELIER_SIGNUP_CREDITS", "7"}});
    const Account ada = server.found("ada"), eve = server.found("eve");
    const json::Value foreign = add_brand(server, eve);
    const auto refusal = [&](json::Value more) {
        return server.post("/ai/generate-designs", ada, wish(std::move(more)));
    };
    CHECK(refusal(json::Object{{"format", "no-such"}}).pointers() == Pointers{"/format"});
    CHECK(refusal(json::Object{{"brand_id", foreign["id"]}}).pointers() == Pointers{"/brand_id"});
    CHECK(refusal(json::Object{{"project_id", "none"}}).pointers() == Pointers{"/project_id"});
    CHECK(
        refusal(json::Object{{"format", "x-post"}, {"canvas", json::Object{{"width", 100}, {"height", 100}}}})
            .pointers() == Pointers{"/canvas"});
    CHECK(refusal(json::Object{{"variants", 0}, {"seed", -1}, {"quality", "best"}, {"styel", "x"}})
              .pointers()
              .size() == 4);
    CHECK(refusal({}).status == 402);
    CHECK(server.send("POST", "/ai/generate-designs", "", wish()).status == 401);
    const Answer by_jobs =
        server.post("/jobs", ada, json::Object{{"kind", "design_generation"}, {"input", wish()}});
    CHECK(by_jobs.status == 422);
    CHECK(by_jobs.pointers() == Pointers{"/kind"});
}

TEST_CASE("the eleventh generation of an hour waits, by setting later") {
    ApiServer server(Sets{{"ATELIER_SIGNUP_CREDITS", "1000"}, {"ATELIER_RATE_FACTOR", "1"}});
    const Account ada = server.found("ada");
    for (int i = 0; i < 10; ++i)
        CHECK(server.post("/ai/generate-designs", ada, wish()).status == 202);
    const Answer late = server.post("/ai/generate-designs", ada, wish());
    CHECK(late.status == 429);
    CHECK(late.body["error"]["retry_after"].as_int() > 0);
    CHECK(server.post("/ai/brief", ada, wish()).status == 202);

    ApiServer generous(Sets{{"ATELIER_SIGNUP_CREDITS", "1000"},
                            {"ATELIER_RATE_FACTOR", "1"},
                            {"ATELIER_GENERATIONS_PER_HOUR", "12"}});
    const Account eve = generous.found("eve");
    for (int i = 0; i < 12; ++i)
        CHECK(generous.post("/ai/generate-designs", eve, wish()).status == 202);
    CHECK(generous.post("/ai/generate-designs", eve, wish()).status == 429);
}

TEST_CASE("pictures of a design are ordered by their recipes, each once") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const json::Value design = with_smart_images(server, ada);
    const auto ask = [&](json::Value more) {
        json::Value body = json::Object{{"design_id", design["id"]}};
        for (const auto& [name, value] : more.object())
            body.set(name, value);
        return server.post("/ai/smart-images", ada, body);
    };
    const auto orders = [&](const store::Job& job) {
        return server.db()
            .read([&](soci::session& session) -> Result<int> {
                int tasks = 0;
                for (const auto& tally : store::tally_steps(session, std::vector<JobId>{job.id}))
                    tasks += tally.total;
                return tasks;
            })
            .value();
    };
    const store::Job both = job_of(server, ada, ask({}));
    CHECK(both.kind == "design_pictures");
    CHECK(both.price == 2);
    CHECK(orders(both) == 2);
    const store::Job one = job_of(server, ada, ask(json::Object{{"layer_ids", json::Array{"room"}}}));
    CHECK(one.price == 1);
    CHECK(orders(one) == 1);
    CHECK(ask(json::Object{{"layer_ids", json::Array{"room", "roof"}}}).pointers() ==
          Pointers{"/layer_ids/1"});
    CHECK(ask(json::Object{{"version", 9}}).pointers() == Pointers{"/version"});
    CHECK(server.post("/ai/smart-images", eve, json::Object{{"design_id", design["id"]}}).status == 404);
}

TEST_CASE("pictures on their own: an edit needs its picture, a new one has none; equal orders cost one") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const store::Asset photo = add_asset(server, ada), foreign = add_asset(server, eve),
                       flagged = add_flagged_asset(server, ada);
    const auto images = [](json::Array list) { return json::Object{{"images", std::move(list)}}; };
    const json::Value bokeh = json::Object{{"prompt", "bokeh"}, {"width", 320}, {"height", 200}};
    const store::Job job = job_of(server, ada, server.post("/ai/smart-images", ada, images({bokeh, bokeh})));
    CHECK(job.kind == "smart_images");
    CHECK(job.price == 1);
    const auto edit = [](const std::string& asset) {
        return json::Object{{"task", "edit"}, {"prompt", "blur it"}, {"asset_id", asset}};
    };
    CHECK(job_of(server, ada, server.post("/ai/smart-images", ada, images({edit(photo.id.value)}))).price ==
          1);
    CHECK(server
              .post("/ai/smart-images", ada,
                    images({bokeh, json::Object{{"task", "edit"}, {"prompt", "blur it"}},
                            edit(foreign.id.value), edit(flagged.id.value),
                            json::Object{{"prompt", "bokeh"}, {"asset_id", photo.id.value}}}))
              .pointers() ==
          Pointers{"/images/1/asset_id", "/images/2/asset_id", "/images/3/asset_id", "/images/4/asset_id"});
    CHECK(server.post("/ai/smart-images", ada, images({})).status == 422);
    CHECK(server.post("/ai/smart-images", ada, json::Object{}).status == 422);
}

TEST_CASE("an edit is about the newest revision, and is accepted once for its key") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const json::Value design = add_design(server, ada);
    json::Value body = json::Object{{"design_id", design["id"]}, {"instruction", "make the headline blue"}};
    const Headers key{{"Idempotency-Key", "edit-1"}};
    const Answer first = server.send("POST", "/ai/edit-design", ada.access_token, body, key),
                 again = server.send("POST", "/ai/edit-design", ada.access_token, body, key);
    CHECK(job_of(server, ada, first).price == 1);
    CHECK(again.body == first.body);
    CHECK(server.post("/ai/edit-design", eve, body).status == 404);
    REQUIRE(
        server
            .send("PATCH", "/designs/" + design["id"].as_string(), ada.access_token,
                  json::Object{{"version", 1},
                               {"patch", json::Array{json::Object{
                                             {"op", "replace"}, {"path", "/meta/title"}, {"value", "New"}}}}})
            .status == 200);
    body.set("version", 1);
    CHECK(server.post("/ai/edit-design", ada, body).status == 409);
    body.set("version", 2).set("instruction", "");
    CHECK(server.post("/ai/edit-design", ada, body).pointers() == Pointers{"/instruction"});
}
