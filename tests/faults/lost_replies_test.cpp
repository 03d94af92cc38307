// An API that dies after it committed and before it told so.

#include <doctest/doctest.h>

#include "common/ids/id.hpp"
#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

struct Lost {
    std::string key, body;
};

/// Asks again with the same key; twice, since the answer must stay the same.
std::string repeat(drill::ApiConnection& connection, const Lost& lost) {
    const auto first = connection.post("/jobs", lost.body, lost.key);
    const auto second = connection.post("/jobs", lost.body, lost.key);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->status == 202);
    CHECK(first->header("idempotent-replayed") == "true");
    CHECK(second->body == first->body);
    return (*json::parse(first->body))["job_id"].as_string();
}

}  // namespace

TEST_CASE(
    "an API that is killed between commit and reply has one job for the client's retry, with one answer") {
    const int kills = scaled(200, 6);
    Scenario scenario("API killed between commit and reply, retried by key", "one job each, the same answer");
    const auto fleet = start_fleet({.workers = 1, .slots = 4});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    std::vector<std::string> jobs;
    Lost lost;
    for (int i = 0; i <= kills; ++i) {
        // Two answers for the order whose answer was lost before, then the end in place of the next one.
        fleet->start_api({{"ATELIER_TEST_DIE_BEFORE_REPLY", i == 0 ? "1" : "3"}});
        drill::ApiConnection connection(customer);
        if (i > 0) jobs.push_back(repeat(connection, lost));
        if (i == kills) break;
        lost = {ids::new_uuid(), drill::job_body(json::Object{{"note", std::to_string(i)}})};
        CHECK(!connection.post("/jobs", lost.body, lost.key));
        CHECK(fleet->api().wait(seconds(10)) == 137);
        CHECK(fleet->count("SELECT count(*) FROM jobs") == i + 1);
    }
    check_at_rest(scenario, *fleet, jobs);
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed'") == 0);
    scenario.figure("kills", static_cast<long long>(kills));
}
