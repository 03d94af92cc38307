// What admins see of AI providers, switch and pay.

#include <doctest/doctest.h>

#include "common/store/ai_budgets.hpp"
#include "common/store/jobs.hpp"
#include "common/store/provider_calls.hpp"
#include "common/store/providers.hpp"
#include "tests/support/api/things.hpp"

using namespace atelier;
using namespace atelier::tests;

namespace {

void in_database(ApiServer& server, const std::function<void(soci::session&)>& work) {
    server.db()
        .write([&](soci::session& session) -> Result<void> {
            work(session);
            return {};
        })
        .value();
}

/// As a worker with a file of one provider.
void register_one(ApiServer& server) {
    in_database(server, [](soci::session& session) {
        store::register_provider(
            session,
            {.id = "painter",
             .vendor = "replicate",
             .offers = json::Array{json::Object{
                 {"capability", "image"}, {"model", "brush"}, {"position", 1}, {"is_priced", true}}}});
    });
}

store::ProviderCall call_of(const Account& account, const std::string& outcome,
                            std::optional<std::int64_t> cost) {
    return {.id = ids::new_id<ProviderCallId>(),
            .organization = account.organization,
            .provider = "painter",
            .model = "brush",
            .capability = "image",
            .outcome = outcome,
            .duration_ms = 700,
            .images = 1,
            .cost_micro_usd = cost};
}

}  // namespace

TEST_CASE("admins see providers with the fleet's health and their own organization's calls") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Account bob = server.join(ada, "bob");
    CHECK(server.get("/admin/providers", ada).body["items"].size() == 0);
    register_one(server);
    in_database(server, [&](soci::session& session) {
        store::insert_provider_call(session, call_of(ada, "ok", 40'000));
        store::insert_provider_call(session, call_of(ada, "ok", std::nullopt));
        store::insert_provider_call(session, call_of(ada, "transient", 0));
        store::ProviderHealth health = store::lock_provider_health(session, "painter", "image");
        health.state = store::CircuitState::open;
        health.failures = 5;
        health.cooling_until = 1'800'000'000'000;
        health.last_failure = "transient";
        store::save_provider_health(session, health);
    });
    CHECK(server.get("/admin/providers", bob).status == 403);
    CHECK(server.send("GET", "/admin/providers").status == 401);

    const Answer own = server.get("/admin/providers", ada);
    REQUIRE(own.body["items"].size() == 1);
    const json::Value& painter = own.body["items"].at(0);
    CHECK(painter["id"].as_string() == "painter");
    CHECK(painter["is_enabled"].as_bool());
    CHECK(painter["failures"]["transient"].as_int() == 1);
    CHECK(painter["error_rate"].as_double() == doctest::Approx(1.0 / 3));
    CHECK(painter["latency_ms"]["p95"].as_int() == 700);
    CHECK(painter["spend"]["month"]["usd"].as_double() == doctest::Approx(0.04));
    CHECK(painter["spend"]["last_24_h"]["calls_of_unknown_cost"].as_int() == 1);
    const json::Value& image = painter["capabilities"].at(0);
    CHECK(image["model"].as_string() == "brush");
    CHECK(image["breaker"]["state"].as_string() == "open");
    CHECK(image["last_failure"].as_string() == "transient");
    CHECK(image["last_success_at"].is_null());

    const json::Value seen = server.get("/admin/providers", eve).body["items"].at(0);
    CHECK(seen["capabilities"] == painter["capabilities"]);
    CHECK(seen["spend"]["month"]["calls"].as_int() == 0);
    CHECK(seen["error_rate"].is_null());
    CHECK(seen["latency_ms"]["p50"].is_null());
}

TEST_CASE("an admin's switch is for the own organization") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Account bob = server.join(ada, "bob");
    register_one(server);
    CHECK(server.send("POST", "/admin/providers/painter/disable", bob.access_token).status == 403);
    CHECK(server.send("POST", "/admin/providers/nobody/disable", ada.access_token).status == 404);
    const Answer off = server.send("POST", "/admin/providers/painter/disable", ada.access_token);
    CHECK(off.status == 200);
    CHECK_FALSE(off.body["is_enabled"].as_bool(true));
    CHECK(off.body["is_enabled_by_operator"].as_bool());
    CHECK(server.get("/admin/providers", eve).body["items"].at(0)["is_enabled"].as_bool());
    in_database(server, [&](soci::session& session) {
        CHECK_FALSE(store::is_provider_enabled(session, ada.organization, "painter"));
        CHECK(store::is_provider_enabled(session, eve.organization, "painter"));
        store::switch_provider(session, {.provider = "painter", .is_enabled = false});
    });
    const Answer on = server.send("POST", "/admin/providers/painter/enable", ada.access_token);
    CHECK(on.body["is_enabled"].as_bool());
    CHECK_FALSE(on.body["is_enabled_by_operator"].as_bool(true));
}

TEST_CASE("a probe is a job of the generation stage, free of credits") {
    ApiServer server;
    const Account ada = server.found("ada");
    register_one(server);
    CHECK(server.send("POST", "/admin/providers/nobody/probe", ada.access_token).status == 404);
    const std::int64_t before = server.get("/credits", ada).body["balance"].as_int();
    const Answer started = server.send("POST", "/admin/providers/painter/probe", ada.access_token);
    REQUIRE(started.status == 202);
    const Answer job = server.get("/jobs/" + started.body["job_id"].as_string(), ada);
    CHECK(job.body["kind"].as_string() == "provider_probe");
    CHECK(job.body["price"].as_int() == 0);
    CHECK(server.get("/credits", ada).body["balance"].as_int() == before);
    CHECK(job.body["ai_cost_usd"].is_number());
    CHECK(job.body["ai_cost_usd"].as_double() == 0);

    const auto record = [&](std::optional<std::int64_t> cost) {
        in_database(server, [&](soci::session& session) {
            store::ProviderCall call = call_of(ada, "ok", cost);
            call.job = JobId{started.body["job_id"].as_string()};
            store::insert_provider_call(session, call);
        });
        return server.get("/jobs/" + started.body["job_id"].as_string(), ada).body;
    };
    CHECK(record(40'000)["ai_cost_usd"].as_double() == doctest::Approx(0.04));
    CHECK(record(2'500)["ai_cost_usd"].as_double() == doctest::Approx(0.0425));
    const json::Value unknown = record(std::nullopt);
    CHECK(unknown.has("ai_cost_usd"));
    CHECK(unknown["ai_cost_usd"].is_null());
}

TEST_CASE("a budget is set in dollars, and shows what is spent and held") {
    ApiServer server;
    const Account ada = server.found("ada"), eve = server.found("eve");
    const Account bob = server.join(ada, "bob");
    const auto put = [&](const Account& as, const json::Value& body) {
        return server.send("PUT", "/admin/ai-budget", as.access_token, body);
    };
    CHECK(server.get("/admin/ai-budget", ada).body["monthly_usd"].is_null());
    CHECK(put(bob, json::Object{{"monthly_usd", 5}}).status == 403);
    CHECK(put(ada, json::Object{{"monthly_usd", -1}}).pointers() == std::vector<std::string>{"/monthly_usd"});
    CHECK(put(ada, json::Object{{"monthly_eur", 1}}).status == 422);
    CHECK(put(ada, json::Object{{"monthly_usd", 12.5}}).body["remaining_usd"].as_double() == 12.5);
    in_database(server, [&](soci::session& session) {
        const auto one = ids::new_id<ProviderCallId>(), two = ids::new_id<ProviderCallId>();
        CHECK(store::reserve_ai_spending(session, ada.organization, one, 2'000'000, 60'000));
        CHECK(store::reserve_ai_spending(session, ada.organization, two, 3'000'000, 60'000));
        store::settle_ai_spending(session, ada.organization, one, 500'000);
    });
    const json::Value budget = server.get("/admin/ai-budget", ada).body;
    CHECK(budget["monthly_usd"].as_double() == 12.5);
    CHECK(budget["spent_usd"].as_double() == 0.5);
    CHECK(budget["reserved_usd"].as_double() == 3);
    CHECK(budget["remaining_usd"].as_double() == 9);
    CHECK(server.get("/admin/ai-budget", eve).body["monthly_usd"].is_null());
    CHECK(put(ada, json::Object{{"monthly_usd", nullptr}}).body["remaining_usd"].is_null());
}
