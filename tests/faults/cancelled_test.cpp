// Cancelling at every point of a job's life, against its completion.

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Cancels {
    std::recursive_mutex mutex;
    std::vector<std::string> jobs;
    long long cancelled = 0, too_late = 0;
    std::vector<std::string> odd;

    void note_odd(const std::optional<tests::HttpResponse>& answer) {
        const std::lock_guard lock(mutex);
        odd.push_back(answer ? std::to_string(answer->status) + " " + answer->body : "no answer");
    }
};

/// Orders a job that takes up to 200 ms in three steps, or some seconds when it has to be tried again, and cancels it
/// after up to 600 ms.
void order_and_cancel(drill::ApiConnection& api, std::mt19937& random, Cancels& seen) {
    const auto up_to = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    json::Value input = json::Object{{"tasks", 1 + up_to(2)}, {"sleep_ms", up_to(70)}};
    if (up_to(1) == 1) input.set("write", 1000);
    if (up_to(4) == 0) input.set("fail", "transient").set("fail_times", 1);  // waits for its next try
    const auto accepted = api.post("/jobs", drill::job_body(input, "drill_chain"));
    if (!accepted || accepted->status != 202) return seen.note_odd(accepted);
    const std::string job = (*json::parse(accepted->body))["job_id"].as_string();
    std::this_thread::sleep_for(milliseconds(up_to(600)));
    const auto answer = api.post("/jobs/" + job + "/cancel", "");
    const std::lock_guard lock(seen.mutex);
    seen.jobs.push_back(job);
    if (answer && answer->status == 200)
        ++seen.cancelled;
    else if (answer && answer->status == 409)
        ++seen.too_late;
    else
        seen.note_odd(answer);
}

/// With every slot taken by work of a minute, cancels one job; the next order can only run where that one was
/// aborted.
double seconds_to_abort(drill::ApiConnection& api, drill::Fleet& fleet, std::vector<std::string>& jobs,
                        int slots) {
    const auto order = [&](int sleep_ms) {
        const auto answer = api.post("/jobs", drill::job_body(json::Object{{"sleep_ms", sleep_ms}}));
        REQUIRE(answer);
        REQUIRE(answer->status == 202);
        jobs.push_back((*json::parse(answer->body))["job_id"].as_string());
        return jobs.back();
    };
    const auto running = [&] { return fleet.count("SELECT count(*) FROM tasks WHERE state = 'running'"); };
    while (running() < slots) {
        order(60'000);
        REQUIRE(e2e::eventually(seconds(10), [&] {
            return fleet.count("SELECT count(*) FROM tasks WHERE state IN ('ready', 'queued')") == 0;
        }));
    }
    const std::string victim =
        fleet.sql().value("SELECT job_id FROM tasks WHERE state = 'running' ORDER BY random() LIMIT 1");
    const std::string next = order(0);
    const auto told = Clock::now();
    const auto answer = api.post("/jobs/" + victim + "/cancel", "");
    REQUIRE(answer);
    CHECK(answer->status == 200);
    while (fleet.sql().value("SELECT state FROM jobs WHERE id = '" + next + "'") != "completed") {
        REQUIRE(Clock::now() - told < seconds(30));
        std::this_thread::sleep_for(milliseconds(20));
    }
    return std::chrono::duration<double>(Clock::now() - told).count();
}

}  // namespace

TEST_CASE("a job that is cancelled at any moment is refunded or settled, never both") {
    const int cancels = scaled(500, 60);
    Scenario scenario("cancel at random times against completion", "refund xor settle");
    const auto fleet = start_fleet({.workers = 2, .slots = 4});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    Cancels seen;
    std::atomic<int> next = 0;
    std::vector<std::jthread> clients;
    for (unsigned seed = 1; seed <= 6; ++seed)
        clients.emplace_back([&, seed] {
            std::mt19937 random{seed};
            drill::ApiConnection api(customer);
            while (next++ < cancels)
                order_and_cancel(api, random, seen);
        });
    clients.clear();
    CHECK((seen.odd.empty() ? "" : seen.odd.front()) == "");
    CHECK(seen.cancelled > 0);
    CHECK(seen.too_late > 0);
    CHECK(fleet->all_ended(seconds(60)));
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state = 'cancelled'") == seen.cancelled);
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed'") == seen.too_late);
    check_at_rest(scenario, *fleet, seen.jobs);
    scenario.figure("cancelled", seen.cancelled);
    scenario.figure("completed first", seen.too_late);
}

TEST_CASE("work on a cancelled job is aborted within three seconds") {
    const int rounds = scaled(20, 3), slots = 4;
    Scenario scenario("cancel running work", "aborted within 3 s");
    const auto fleet = start_fleet({.workers = 2, .slots = slots / 2, .lease_s = 30});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    drill::ApiConnection api(customer);
    std::vector<std::string> jobs;
    double slowest = 0;
    for (int i = 0; i < rounds; ++i)
        slowest = std::max(slowest, seconds_to_abort(api, *fleet, jobs, slots));
    CHECK(slowest <= 3 * e2e::slowness());
    for (const auto& row : fleet->sql().rows("SELECT id FROM jobs WHERE state IN ('queued', 'running')"))
        CHECK(api.post("/jobs/" + row[0] + "/cancel", "")->status == 200);
    check_at_rest(scenario, *fleet, jobs);
    scenario.figure("slowest abort", slowest);
}
