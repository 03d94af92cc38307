// Workers that are taken for dead and are not: stopped past their lease, then awake again with their
// outcomes.

#include <doctest/doctest.h>
#include <signal.h>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

/// Half of the tasks are caught before they write their result, half after it.
json::Value caught_half_way(int index) {
    return index % 2 ? json::Object{{"sleep_ms", 1500}, {"write", 2000}}
                     : json::Object{{"write", 2000}, {"linger_ms", 1500}};
}

/// What late outcomes must not change.
std::vector<std::vector<std::string>> everything(drill::Fleet& fleet) {
    return fleet.sql().rows(
        "SELECT t.id, t.state, t.fence, t.attempt, t.worker, t.output, t.finished_at, j.state, j.result, "
        "j.last_seq,"
        " j.finished_at FROM tasks t JOIN jobs j ON j.id = t.job_id ORDER BY t.id");
}

}  // namespace

TEST_CASE("a worker that was stopped past its lease wakes up and changes nothing") {
    const int rounds = scaled(4, 1), at_once = 50;
    Scenario scenario("SIGSTOP past the lease, then SIGCONT", "200 of 200 late outcomes fenced off");
    const auto fleet = start_fleet({.workers = 0, .slots = at_once});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    std::vector<std::string> accepted;
    std::size_t fenced_off = 0;
    for (int round = 0; round < rounds; ++round) {
        e2e::Process& sleeper = fleet->add_worker();
        const auto orders = drill::submit(customer, {.jobs = at_once, .input = caught_half_way});
        REQUIRE(orders.jobs.size() == static_cast<std::size_t>(at_once));
        accepted.insert(accepted.end(), orders.jobs.begin(), orders.jobs.end());
        const std::string held =
            "FROM tasks WHERE state = 'running' AND worker LIKE '%:" + std::to_string(sleeper.pid()) + "'";
        REQUIRE(
            e2e::eventually(seconds(10), [&] { return fleet->count("SELECT count(*) " + held) == at_once; }));
        sleeper.send(SIGSTOP);

        fleet->add_worker();
        REQUIRE(fleet->all_ended(seconds(30)));
        const auto before = everything(*fleet);
        sleeper.send(SIGCONT);
        // It drains: what it held is reported before it ends.
        sleeper.send(SIGTERM);
        CHECK(sleeper.wait(seconds(30)) == 0);
        CHECK(everything(*fleet) == before);
        fenced_off +=
            static_cast<std::size_t>(fleet->count(
                "SELECT count(*) FROM tasks WHERE fence = 2 AND state = 'done' AND worker NOT LIKE '%:" +
                std::to_string(sleeper.pid()) + "'")) -
            fenced_off;
        fleet->stop_workers();
    }
    CHECK(fenced_off == accepted.size());
    scenario.figure("fenced off", static_cast<long long>(fenced_off));
    check_at_rest(scenario, *fleet, accepted);
}
