#include <doctest/doctest.h>

#include "tests/faults/meddler.hpp"
#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

constexpr int kEach = 3;

/// Three, one after each of them, and one after all; in every tenth job each fails once before it succeeds.
json::Value seven_tasks(int index) {
    json::Value input = json::Object{{"tasks", kEach}, {"write", 50}};
    if (index % 10 == 0) input.set("fail", "transient").set("fail_times", 1);
    return input;
}

}  // namespace

TEST_CASE("messages that come one to four times and in no order complete every task once") {
    const int jobs = scaled(500, 40);
    Scenario scenario("every message delivered 1-4 times, out of order", "0 twice");
    const auto fleet = start_fleet({.workers = 0, .slots = 4});
    if (!fleet) return;
    Meddler meddler(fleet->broker_url());
    for (int i = 0; i < 3; ++i)
        fleet->add_worker();
    const auto orders =
        drill::submit(fleet->customer(), {.jobs = jobs, .input = seven_tasks, .kind = "drill_chain"});
    CHECK(orders.odd.empty());
    REQUIRE(fleet->all_ended(seconds(120)));
    meddler.stop();
    const int taken = meddler.taken();
    const long long completed = fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed'");
    const long long needless = fleet->count(
        "SELECT count(*) FROM tasks WHERE fence <> CASE WHEN input LIKE '%transient%' THEN 2 ELSE 1 END");
    CHECK(completed == jobs);
    CHECK(needless == 0);  // a copy does not even begin
    CHECK(taken >= jobs * (2 * kEach + 1));
    CHECK(fleet->queues_drained(seconds(30)));
    scenario.figure("messages", static_cast<long long>(taken));
    scenario.figure("tasks begun needlessly", needless);
    check_at_rest(scenario, *fleet, orders.jobs);
}
