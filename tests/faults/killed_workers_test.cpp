// Workers that die without a word: what they held comes back, and nothing of it happens twice.

#include <doctest/doctest.h>
#include <signal.h>

#include <future>
#include <map>
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

constexpr int kWorkers = 4, kLease = 3;
constexpr double kGoal = kLease + 15;

/// The tasks that killed workers held, and how long it took until each was claimed again.
class Victims {
  public:
    explicit Victims(drill::Fleet& fleet) : sql_(fleet.sql()) {}

    void add(pid_t dead) {
        for (const auto& row :
             sql_.rows("SELECT id, fence FROM tasks WHERE state = 'running' AND worker LIKE '%:" +
                       std::to_string(dead) + "'"))
            waiting_[row[0]] = {std::stoll(row[1]), Clock::now()};
    }

    void look() {
        if (waiting_.empty()) return;
        std::string ids;
        for (const auto& [id, held] : waiting_)
            ids += (ids.empty() ? "'" : ",'") + id + "'";
        for (const auto& row : sql_.rows("SELECT id, fence, state FROM tasks WHERE id IN (" + ids + ")")) {
            const Held& held = waiting_.at(row[0]);
            // Done with the same fence: the worker's last commit arrived after its death.
            if (std::stoll(row[1]) == held.fence && row[2] != "done") continue;
            slowest_ = std::max(slowest_, std::chrono::duration<double>(Clock::now() - held.since).count());
            ++recovered_;
            waiting_.erase(row[0]);
        }
    }

    bool none_waits() {
        look();
        return waiting_.empty();
    }
    int recovered() const { return recovered_; }
    double slowest_s() const { return slowest_; }

  private:
    struct Held {
        long long fence;
        Clock::time_point since;
    };
    e2e::Sql sql_;
    std::map<std::string, Held> waiting_;
    int recovered_ = 0;
    double slowest_ = 0;
};

pid_t replace_random_worker(drill::Fleet& fleet) {
    static std::mt19937 random{7};
    auto victim = fleet.workers().begin();
    std::advance(victim, std::uniform_int_distribution<long>(0, std::ssize(fleet.workers()) - 1)(random));
    const pid_t pid = victim->pid();
    victim->send(SIGKILL);
    CHECK(victim->wait(seconds(10)) == 137);
    fleet.forget(*victim);
    fleet.add_worker();
    return pid;
}

/// Jobs of one task, of three after each other, and with results, 200 ms of work in each.
json::Value work_of(int index) {
    json::Value input = json::Object{{"sleep_ms", 150}};
    if (index % 2 == 0) input.set("write", 1000 + index).set("linger_ms", 50);
    return input;
}

}  // namespace

TEST_CASE("a worker that is killed every second loses no job and completes none twice") {
    const int jobs = scaled(3000, 200);
    Scenario scenario("kill -9 a random worker every second",
                      "0 lost, 0 twice, recovered within lease + 15 s");
    const auto fleet = start_fleet({.workers = kWorkers, .slots = 4, .lease_s = kLease});
    if (!fleet) return;
    const e2e::Client customer = fleet->customer();
    auto submitting = std::async(std::launch::async, [&] {
        return drill::submit(customer, {.jobs = jobs, .input = work_of, .per_second = 50});
    });
    Victims victims(*fleet);
    long long kills = 0;
    auto next_kill = Clock::now() + seconds(1);
    while (submitting.wait_for(milliseconds(0)) != std::future_status::ready ||
           !fleet->all_ended(seconds(0))) {
        if (Clock::now() >= next_kill) {
            victims.add(replace_random_worker(*fleet));
            ++kills;
            next_kill += seconds(1);
        }
        victims.look();
        std::this_thread::sleep_for(milliseconds(50));
        REQUIRE_MESSAGE(kills < 300, "the jobs do not end");
    }
    const drill::Submitted submitted = submitting.get();
    CHECK(submitted.complaints() == "");
    CHECK(submitted.jobs.size() == static_cast<std::size_t>(jobs));
    CHECK(e2e::eventually(seconds(30), [&] { return victims.none_waits(); }));
    CHECK(victims.slowest_s() <= kGoal * e2e::slowness());
    CHECK(fleet->count("SELECT count(*) FROM jobs WHERE state <> 'completed'") == 0);
    check_at_rest(scenario, *fleet, submitted.jobs);
    scenario.figure("kills", kills);
    scenario.figure("tasks taken from the dead", static_cast<long long>(victims.recovered()));
    scenario.figure("slowest recovery", victims.slowest_s());
}
