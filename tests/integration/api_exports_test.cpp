// Asking for exports and proposals: what is accepted, pinned, paid and refused.

#include <doctest/doctest.h>

#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

using Pointers = std::vector<std::string>;

Answer ask(ApiServer& server, const Account& as, const json::Value& design, json::Value more = {},
           const std::string& key = "") {
    json::Value body = json::Object{{"design_id", design["id"]}, {"format", "png"}};
    for (const auto& [name, value] : more.object())
        body.set(name, value);
    Headers headers;
    if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
    return server.send("POST", "/export", as.access_token, body, headers);
}

store::Job job_of(ApiServer& server, const Account& as, const Answer& accepted) {
    REQUIRE_MESSAGE(accepted.status == 202, accepted.text);
    return server.db()
        .read([&](soci::session& session) {
            return store::find_job(session, as.organization, JobId{accepted.body["job_id"].as_string()});
        })
        .value();
}

json::Value poster(int width, int height, json::Array layers = {}) {
    layers.push_back(json::Object{{"type", "text"}, {"role", "headline"}, {"text", "Hello"}});
    return json::Object{{"canvas", json::Object{{"width", width}, {"height", height}}},
                        {"layers", std::move(layers)}};
}

json::Value stored(ApiServer& server, const Account& as, const json::Value& design) {
    const Answer made = server.post("/designs", as, json::Object{{"design", design}});
    REQUIRE_MESSAGE(made.status == 201, made.text);
    return made.body;
}

std::string first_format(ApiServer& server, const Account& as) {
    return server.get("/admin/formats", as).body["items"].at(0)["id"].as_string();
}

}  // namespace

TEST_CASE("an export pins the revision that is the newest when it is accepted, and costs a credit") {
    ApiServer server;
    const Account ada = server.found("ada");
    const json::Value design = add_design(server, ada);
    const std::int64_t before = server.get("/credits", ada).body["balance"].as_int();
    const Answer accepted = ask(server, ada, design, json::Object{{"format", "jpeg"}}, "export-1");
    const store::Job job = job_of(server, ada, accepted);
    CHECK(job.kind == "design_export");
    CHECK(job.price == 1);
    CHECK(server.get("/credits", ada).body["balance"].as_int() == before - 1);
    CHECK(ask(server, ada, design, json::Object{{"format", "jpeg"}}, "export-1").body == accepted.body);
    CHECK(server.get("/credits", ada).body["balance"].as_int() == before - 1);

    const std::string path = "/designs/" + design["id"].as_string();
    REQUIRE(
        server
            .send("PATCH", path, ada.access_token, json::Object{{"version", 1}, {"design", poster(300, 200)}})
            .status == 200);
    CHECK(job_of(server, ada, accepted).input["version"].as_int() == 1);
    CHECK(job_of(server, ada, ask(server, ada, design)).input["version"].as_int() == 2);
    CHECK(job_of(server, ada, ask(server, ada, design, json::Object{{"version", 1}}))
              .input["version"]
              .as_int() == 1);
    CHECK(server.send("DELETE", path, ada.access_token).status == 204);
    CHECK(ask(server, ada, design).status == 404);
}

TEST_CASE("a wrong export is refused with its fields, all of them") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const json::Value design = add_design(server, ada);
    const auto wrong = [&](json::Value more) {
        const Answer answer = ask(server, ada, design, std::move(more));
        CHECK_MESSAGE(answer.status == 422, answer.text);
        return answer.pointers();
    };
    CHECK(wrong(json::Object{
              {"format", "gif"}, {"scale", 9}, {"quality", 0}, {"max_bytes", 1}, {"dpi", 300}}) ==
          Pointers{"/format", "/scale", "/quality", "/max_bytes", "/dpi"});
    CHECK(wrong(json::Object{{"version", 2}}) == Pointers{"/version"});
    CHECK(wrong(json::Object{{"asset_format_id", ids::new_uuid()}}) == Pointers{"/asset_format_id"});
    CHECK(wrong(json::Object{{"asset_format_id", first_format(server, eve)}}) ==
          Pointers{"/asset_format_id"});
    CHECK(server.post("/export", ada, json::Object{}).pointers() == Pointers{"/design_id", "/format"});
    CHECK(ask(server, eve, design).status == 404);
    CHECK(server
              .post("/jobs", eve,
                    json::Object{{"kind", "design_export"},
                                 {"input", json::Object{{"design_id", design["id"]}, {"format", "png"}}}})
              .pointers() == Pointers{"/input/design_id"});

    const json::Value large = stored(server, ada, poster(8000, 6000)),
                      vast = stored(server, ada, poster(8192, 8192)),
                      wide = stored(server, ada, poster(8192, 100));
    CHECK(ask(server, ada, large).status == 202);
    CHECK(ask(server, ada, large, json::Object{{"scale", 2}}).pointers() == Pointers{"/scale"});
    CHECK(ask(server, ada, large, json::Object{{"scale", 2}, {"format", "svg"}}).status == 202);
    CHECK(ask(server, ada, vast, json::Object{{"format", "pdf"}}).pointers() == Pointers{"/design_id"});
    CHECK(ask(server, ada, wide, json::Object{{"scale", 4}, {"format", "webp"}}).pointers() ==
          Pointers{"/scale"});
    CHECK(ask(server, ada, wide, json::Object{{"scale", 4}}).status == 202);
    const json::Value wordy = stored(
        server, ada,
        poster(500, 500, json::Array(70, json::Object{{"type", "text"}, {"text", std::string(4000, 'w')}})));
    CHECK(ask(server, ada, wordy).pointers() == Pointers{"/design_id"});
    CHECK(server.get("/designs/" + wordy["id"].as_string() + "?as=svg", ada).status == 413);
    CHECK(ask(server, ada, vast, json::Object{{"asset_format_id", first_format(server, ada)}}).status == 202);
}

TEST_CASE("a worker is given the organization's own pictures only, and they stay while it works") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const store::Asset mine = add_asset(server, ada), theirs = add_asset(server, eve);
    const auto image = [](json::Value picture) {
        return json::Object{{"type", "image"}, {"picture", std::move(picture)}};
    };
    const json::Value design =
        stored(server, ada,
               poster(500, 500,
                      {image(json::Object{{"asset_id", mine.id.value}}),
                       image(json::Object{{"asset_id", theirs.id.value}}),
                       image(json::Object{{"url", "http://127.0.0.1/internal.png"}})}));
    const Answer accepted = ask(server, ada, design);
    const json::Value pictures = job_of(server, ada, accepted).input["pictures"];
    REQUIRE(pictures.size() == 1);
    CHECK(pictures.at(0)["id"].as_string() == mine.id.value);
    CHECK(pictures.at(0)["object_key"].as_string() == mine.object_key);
    CHECK(server.send("DELETE", "/assets/" + mine.id.value, ada.access_token).status == 409);
    CHECK(server.send("POST", "/jobs/" + accepted.body["job_id"].as_string() + "/cancel", ada.access_token)
              .status == 200);
    CHECK(server.send("DELETE", "/assets/" + mine.id.value, ada.access_token).status == 204);

    const store::Asset flagged = add_flagged_asset(server, ada);
    CHECK(server.send("POST", "/admin/moderation/" + flagged.id.value + "/reject", ada.access_token).status ==
          200);
    const json::Value bad =
        stored(server, ada, poster(500, 500, {image(json::Object{{"asset_id", flagged.id.value}})}));
    CHECK(ask(server, ada, bad).pointers() == Pointers{"/design_id"});
}

TEST_CASE("without credits nothing is exported or proposed") {
    ApiServer server(Sets{{"ATELIER_SIGNUP_CREDITS", "1"}});
    const Account ada = server.found("ada");
    const json::Value design = add_design(server, ada);
    const std::string logo = add_asset(server, ada).id.value;
    CHECK(ask(server, ada, design).status == 202);
    CHECK(ask(server, ada, design).status == 402);
    CHECK(server.post("/brands/propose", ada, json::Object{{"asset_id", logo}}).status == 402);
}

TEST_CASE("a proposal is asked for with an uploaded logo of one's own") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const std::string mine = add_asset(server, ada).id.value, theirs = add_asset(server, eve).id.value;
    const auto propose = [&](json::Value body) { return server.post("/brands/propose", ada, body); };
    const store::Job job = job_of(server, ada, propose(json::Object{{"asset_id", mine}}));
    CHECK(job.kind == "brand_proposal");
    CHECK(job.input["name"].as_string() == "photo");
    CHECK(job_of(server, ada, propose(json::Object{{"asset_id", mine}, {"name", "Tavola"}}))
              .input["name"]
              .as_string() == "Tavola");
    CHECK(propose(json::Object{{"asset_id", theirs}}).pointers() == Pointers{"/asset_id"});
    CHECK(propose(json::Object{{"name", ""}}).pointers() == Pointers{"/asset_id", "/name"});
    CHECK(server.get("/brands", ada).body["items"].size() == 0);
    CHECK(server.get("/brands/propose", ada).status == 404);
}
