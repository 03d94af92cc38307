// RabbitMQ and PostgreSQL that die and come back while jobs are accepted and worked on.

#include <doctest/doctest.h>

#include <future>
#include <thread>

#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

json::Value some_work(int index) {
    json::Value input = json::Object{{"sleep_ms", 10}};
    if (index % 10 == 0) input.set("write", 1000 + index);
    return input;
}

/// Submits `jobs` within about `duration` from threads of its own.
std::future<drill::Submitted> submit_over(const e2e::Client& customer, int jobs, seconds duration) {
    return std::async(std::launch::async, [=] {
        return drill::submit(
            customer,
            {.jobs = jobs, .input = some_work, .per_second = jobs / static_cast<double>(duration.count())});
    });
}

void check_submitted(Scenario& scenario, const drill::Submitted& submitted, int jobs) {
    CHECK(submitted.complaints() == "");
    CHECK(submitted.jobs.size() == static_cast<std::size_t>(jobs));
    scenario.figure("answers 503", static_cast<long long>(submitted.busy));
    scenario.figure("slowest answer", submitted.slowest_s);
}

/// The processes that ran before still do: nobody needed a restart.
void check_survived(drill::Fleet& fleet) {
    CHECK(fleet.api().is_running());
    for (e2e::Process& worker : fleet.workers())
        CHECK(worker.is_running());
}

}  // namespace

TEST_CASE("a RabbitMQ that is killed again and again loses no job, and the API accepts throughout") {
    const int jobs = scaled(5000, 300), crashes = scaled(5, 1);
    Scenario scenario("kill -9 RabbitMQ", "0 lost, 0 twice; accepted meanwhile");
    const auto fleet = start_fleet({.workers = 2, .slots = 4, .lease_s = 5});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    auto submitting = submit_over(customer, jobs, seconds(scaled(75, 10)));
    long long done = 0;
    for (; done < crashes; ++done) {
        std::this_thread::sleep_for(seconds(3));
        if (!drill::crash_rabbitmq()) break;
    }
    const drill::Submitted submitted = submitting.get();
    check_submitted(scenario, submitted, jobs);
    CHECK(submitted.broken == 0);
    CHECK(fleet->all_ended(seconds(120)));
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed'") == 0);
    check_survived(*fleet);
    check_at_rest(scenario, *fleet, submitted.jobs);
    scenario.figure("crashes", done);
}

TEST_CASE("a PostgreSQL that is killed again and again loses no job, and the API answers 503 meanwhile") {
    const int jobs = scaled(5000, 300), crashes = scaled(10, 2);
    Scenario scenario("kill -9 PostgreSQL", "0 lost, 0 twice; 503 with Retry-After within 10 s");
    const auto fleet = start_fleet({.workers = 2, .slots = 4, .lease_s = 5});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    auto submitting = submit_over(customer, jobs, seconds(scaled(60, 8)));
    long long done = 0;
    for (; done < crashes; ++done) {
        std::this_thread::sleep_for(seconds(2));
        if (!drill::crash_postgresql()) break;
    }
    const drill::Submitted submitted = submitting.get();
    check_submitted(scenario, submitted, jobs);
    if (done > 0) CHECK(submitted.busy > 0);
    CHECK(submitted.slowest_s < 10 * e2e::slowness());
    CHECK(fleet->all_ended(seconds(120)));
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed'") == 0);
    check_survived(*fleet);
    check_at_rest(scenario, *fleet, submitted.jobs);
    scenario.figure("crashes", done);
}
