#include <doctest/doctest.h>

#include <algorithm>

#include "queues/broker.hpp"
#include "tests/faults/report.hpp"
#include "tests/support/drill/submit.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

struct Poison {
    std::string body, reason;  ///< what its dead letter must say, in part
};

const std::vector<Poison> kPoison{
    {"knock knock", "not a task message"},
    {"", "not a task message"},
    {"[1, 2, 3]", "it is no JSON object"},
    {R"({"version": 99, "task_id": "t", "dispatch": 1, "job_id": "j", "stage": "generation", "lane": "primary"})",
     "version 99 is newer"},
    {std::string(1 << 20, 'x'), "1048576 bytes, more than"},
};

void pour(drill::Fleet& fleet) {
    const auto broker = queues::open_broker({.url = fleet.broker_url()}).value();
    std::vector<queues::OutgoingTask> messages;
    for (std::size_t i = 0; i < kPoison.size(); ++i)
        messages.push_back({queues::Stage::generation, i % 2 ? queues::Lane::primary : queues::Lane::priority,
                            "poison-" + std::to_string(i), kPoison[i].body});
    for (const auto outcome : broker->publish(messages))
        REQUIRE(outcome == queues::PublishOutcome::confirmed);
}

std::vector<queues::DeadLetter> dead_letters(const drill::Fleet& fleet) {
    const auto broker = queues::open_broker({.url = fleet.broker_url()}).value();
    return broker->browse_dead(queues::Stage::generation, 1'000).value();
}

/// Those who died get a successor. How many did.
int replace_dead_workers(drill::Fleet& fleet) {
    int died = 0;
    std::vector<const e2e::Process*> dead;
    for (e2e::Process& worker : fleet.workers())
        if (!worker.is_running()) dead.push_back(&worker);
    for (const e2e::Process* worker : dead) {
        fleet.forget(*worker);
        fleet.add_worker();
        ++died;
    }
    return died;
}

/// The first tasks kill their worker: as often as they are tried, or once in the short form.
json::Value poisoned(int index, int killers) {
    if (index >= killers) return json::Object{{"sleep_ms", 20}, {"write", 100}};
    json::Value input = json::Object{{"fail", "crash"}};
    if (!is_full()) input.set("fail_times", 1);
    return input;
}

void check_reasons(const std::vector<queues::DeadLetter>& letters) {
    for (std::size_t i = 0; i < kPoison.size(); ++i) {
        CAPTURE(kPoison[i].reason);
        const auto letter = std::find_if(letters.begin(), letters.end(), [&](const auto& one) {
            return one.message_id == "poison-" + std::to_string(i);
        });
        REQUIRE(letter != letters.end());
        CHECK(letter->body == kPoison[i].body);
        CHECK(letter->reason.find(kPoison[i].reason) != std::string::npos);
    }
}

}  // namespace

TEST_CASE(
    "tasks that kill their workers and messages that are none go to the dead letters, and harm no other") {
    const int killers = scaled(5, 2), innocents = scaled(500, 100);
    Scenario scenario("poison: " + std::to_string(killers) + " tasks that kill their worker, " +
                          std::to_string(kPoison.size()) + " messages that are none",
                      "dead-lettered with a reason, innocents unharmed");
    const auto fleet = start_fleet({.workers = 3, .slots = 4});
    if (!fleet) return;
    pour(*fleet);
    const auto orders = drill::submit(
        fleet->customer(),
        {.jobs = killers + innocents, .input = [&](int index) { return poisoned(index, killers); }});
    CHECK(orders.odd.empty());
    int died = 0;
    CHECK(e2e::eventually(seconds(120), [&] {
        died += replace_dead_workers(*fleet);
        return fleet->count("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')") == 0;
    }));
    const long long harmed =
        fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed' AND input NOT LIKE '%crash%'");
    CHECK(harmed == 0);
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state = 'failed'") == (is_full() ? killers : 0));
    CHECK(died >= (is_full() ? 4 : 1));

    CHECK(fleet->queues_drained(seconds(30)));
    const auto letters = dead_letters(*fleet);
    check_reasons(letters);
    for (const auto& letter : letters)
        CHECK(letter.reason != "");
    scenario.figure("workers killed", static_cast<long long>(died));
    scenario.figure("dead letters", static_cast<long long>(letters.size()));
    scenario.figure("innocents harmed", harmed);
    check_at_rest(scenario, *fleet, orders.jobs, static_cast<int>(kPoison.size()));
}
