// The step behind a probe, with providers that work and that do not.

#include <doctest/doctest.h>

#include <filesystem>

#include "common/objects/open.hpp"
#include "tests/unit/workers/ai/router/routing.hpp"
#include "workers/generation/steps/probe_provider.hpp"

using namespace atelier;
using namespace atelier::testing;
using ai::FailureKind;

namespace {

/// The job of the only probe of a test.
JobId add_job(Routing& routing) {
    routing.database->change_rows(
        "INSERT INTO jobs (id, organization_id, user_id, kind, lane, state, phase, input, price, created_at)"
        " VALUES ('probe', '" +
        routing.tenant.organization.value + "', '" + routing.tenant.user.value +
        "', 'provider_probe', 'primary', 'running', 'probing', '{}', 0, 0)");
    return JobId{"probe"};
}

store::AiCost cost_of_probe(Routing& routing) {
    const std::vector<JobId> jobs{JobId{"probe"}};
    return routing.read([&](soci::session& s) { return store::ai_costs_of_jobs(s, jobs)[jobs.front()]; });
}

runtime::StepFate probe(Routing& routing, const std::string& provider) {
    const auto router = routing.open();
    const auto folder = std::filesystem::temp_directory_path() / ids::new_uuid();
    const auto objects = std::move(
        objects::open_store({.url = "file://" + folder.string(), .signing_secret = std::string(32, 'x')})
            .value());
    store::Claim claim;
    claim.id = ids::new_id<TaskId>();
    claim.job_id = add_job(routing);
    claim.organization_id = routing.tenant.organization;
    claim.input = json::Object{{"provider", provider}};
    std::atomic<double> progress{0};
    runtime::StepContext context(claim, **routing.database, *objects, {}, progress);
    auto fate = generation::probe_provider(context, *router);
    std::filesystem::remove_all(folder);
    return fate;
}

json::Value output_of(const runtime::StepFate& fate) {
    REQUIRE(std::holds_alternative<runtime::Done>(fate));
    return std::get<runtime::Done>(fate).output;
}

}  // namespace

TEST_CASE("a probe asks its provider alone and tells what it found") {
    Routing routing({works, works});
    const json::Value found = output_of(probe(routing, "b"));
    CHECK(found["provider"].as_string() == "b");
    CHECK(found["works"].as_bool());
    REQUIRE(found["capabilities"].size() == 1);  // a picture is not bought where words do
    CHECK(found["capabilities"].at(0)["capability"].as_string() == "text");
    CHECK(found["capabilities"].at(0)["model"].as_string() == "words");
    CHECK(found["capabilities"].at(0)["cost_usd"].as_double() == doctest::Approx(0.0002));
    CHECK(found["capabilities"].at(0)["problem"].is_null());
    CHECK(routing.provider("a").calls() == 0);
    CHECK(cost_of_probe(routing).calls == 1);
    CHECK(cost_of_probe(routing).micro_usd == 200);
}

TEST_CASE("that a provider does not work is what a probe finds, not its failure") {
    Routing routing({always(FailureKind::permanent, 401), works});
    const json::Value found = output_of(probe(routing, "a"));
    CHECK_FALSE(found["works"].as_bool(true));
    CHECK(found["capabilities"].at(0)["problem"].as_string() == "It was told to.");
    CHECK(routing.provider("b").calls() == 0);
}

TEST_CASE("a provider that no worker has cannot be probed") {
    Routing routing({works});
    const auto fate = probe(routing, "z");
    REQUIRE(std::holds_alternative<runtime::Fail>(fate));
    CHECK(std::get<runtime::Fail>(fate).why.details.front().pointer == "/provider");
}
