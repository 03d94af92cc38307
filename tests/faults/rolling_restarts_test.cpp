// A fleet that is upgraded under load: every worker is told to stop and replaced, again and again.

#include <doctest/doctest.h>
#include <signal.h>

#include <thread>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

namespace {

constexpr int kWorkers = 3;

/// Most are short, but together outlast the restarts; some are still at work when their worker is told to stop.
json::Value short_and_long(int index) {
    static const int kShort = scaled(80, 250);
    return json::Object{{"sleep_ms", index % 200 == 0 ? 2000 : kShort}};
}

/// Stops the oldest worker after its replacement has started; the seconds until it was gone.
double replace_oldest(drill::Fleet& fleet) {
    fleet.add_worker();
    e2e::Process& oldest = fleet.workers().front();
    const auto told = Clock::now();
    oldest.send(SIGTERM);
    const auto code = oldest.wait(seconds(40));
    const double took = std::chrono::duration<double>(Clock::now() - told).count();
    CHECK_MESSAGE(code == 0, oldest.log());
    fleet.forget(oldest);
    return took;
}

}  // namespace

TEST_CASE("workers that are restarted one after the other under load lose no job and repeat none") {
    const int jobs = scaled(10'000, 400), rounds = scaled(5, 1);
    Scenario scenario("rolling restarts of every worker, jobs queued",
                      "0 lost, exits within 30 s, none repeated");
    const auto fleet = start_fleet({.workers = 0, .slots = 4, .lease_s = 10});
    if (!fleet) return;
    const drill::Submitted submitted =
        drill::submit(fleet->customer(), {.jobs = jobs, .input = short_and_long, .connections = 16});
    CHECK(submitted.complaints() == "");
    REQUIRE(submitted.jobs.size() == static_cast<std::size_t>(jobs));
    for (int i = 0; i < kWorkers; ++i)
        fleet->add_worker();
    double slowest_exit = 0;
    long long restarts = 0, left_at_last = 0;
    for (int i = 0; i < rounds * kWorkers; ++i, ++restarts) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        left_at_last = fleet->count("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')");
        slowest_exit = std::max(slowest_exit, replace_oldest(*fleet));
    }
    CHECK(slowest_exit <= 30);
    CHECK_MESSAGE(left_at_last > 0, "there was no work left at the last restart");
    CHECK(fleet->all_ended(seconds(180)));
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed'") == 0);
    // A task that was given back unfinished may be claimed again; no attempt of it counts.
    CHECK(fleet->count("SELECT count(*) FROM tasks WHERE attempt <> 1") == 0);
    const long long given_back = fleet->count("SELECT count(*) FROM tasks WHERE fence > 1");
    check_at_rest(scenario, *fleet, submitted.jobs);
    scenario.figure("restarts", restarts);
    scenario.figure("slowest exit", slowest_exit);
    scenario.figure("given back unfinished", given_back);
}
