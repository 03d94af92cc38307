#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/in_transaction.hpp"
#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::queues;
using namespace std::chrono_literals;

namespace {

void make_older(TestDatabase& database) {
    database.change_rows("UPDATE tasks SET dispatched_at = dispatched_at - 200000 WHERE state = 'queued'");
}

}  // namespace

TEST_CASE("a job's tasks follow from each other until it completes and is paid") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .formats = 3, .credits = 10});
        const JobId job = studio.begin(studio.adaptation());
        CHECK(studio.balance() == 4);
        studio.work_off();
        const store::Job done = studio.job(job);
        CHECK(done.state == store::JobState::completed);
        CHECK(done.progress == 100);
        CHECK(done.result["pictures"].as_int() == 6);
        CHECK(studio.tasks_in(job, "done") == 2 + 6 + 6);
        CHECK(studio.balance() == 4);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("events never show less progress than before, and 100 only at the end") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3, .formats = 2});
        const JobId job = studio.begin(studio.adaptation());
        // A task half done when it has to start anew takes its share of the progress back.
        const store::Claim half = studio.claim_next();
        write(database, [&](soci::session& s) {
            store::heartbeat_tasks(s, {{half.id, half.fence, 0.9}}, 1000);
        });
        const store::Claim other = studio.claim_next();
        studio.finish(other);
        studio.fail(half, true);
        studio.let_time_pass();
        studio.work_off();
        std::int64_t before = 0;
        const auto events = studio.events(job);
        for (const store::JobEvent& event : events) {
            const std::int64_t percent = event.data["progress"].as_int(before);
            CHECK(percent >= before);
            CHECK((percent == 100) == (event.seq == std::ssize(events)));
            before = percent;
        }
    });
}

TEST_CASE("a dispatch is claimed once") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        const auto messages = studio.dispatch();
        REQUIRE(messages.size() == 1);
        const auto claim = studio.claim(messages[0]);
        REQUIRE(claim.has_value());
        CHECK(claim->job_id == job);
        CHECK(claim->attempt == 1);
        CHECK(claim->job_kind == "asset_analysis");
        CHECK_FALSE(studio.claim(messages[0]).has_value());
        studio.finish(*claim);
        CHECK_FALSE(studio.claim(messages[0]).has_value());
    });
}

TEST_CASE("a message that arrived although the broker seemed to refuse it is as good") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const auto sent = write(database, [](soci::session& s) { return store::take_ready(s, 10); });
        REQUIRE(sent.size() == 1);
        CHECK(studio.dispatch().empty());
        write(database, [&](soci::session& s) { store::put_back(s, sent, 60'000); });
        CHECK(studio.task_state(sent[0].id) == "ready");
        const TaskMessage message{sent[0].id.value, sent[0].dispatch, sent[0].job_id.value};
        const auto claim = studio.claim(message);
        REQUIRE(claim.has_value());
        // The dispatcher was only slow: what it puts back now changes nothing any more.
        write(database, [&](soci::session& s) { store::put_back(s, sent, 0); });
        CHECK(studio.task_state(claim->id) == "running");
    });
}

TEST_CASE("the message of an earlier dispatch claims nothing") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const auto first = studio.dispatch();
        studio.fail(studio.claim(first.at(0)).value(), true);
        studio.let_time_pass();
        const auto second = studio.dispatch();
        CHECK_FALSE(studio.claim(first.at(0)).has_value());
        const auto claim = studio.claim(second.at(0));
        REQUIRE(claim.has_value());
        CHECK(claim->attempt == 2);
    });
}

TEST_CASE("of many workers that claim at once one wins") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const auto messages = studio.dispatch();
        std::atomic<int> winners{0};
        std::vector<std::thread> workers;
        for (int i = 0; i < 8; ++i)
            workers.emplace_back([&] { winners += studio.claim(messages.at(0)).has_value(); });
        for (std::thread& worker : workers)
            worker.join();
        CHECK(winners == 1);
    });
}

TEST_CASE("a claim that was lost changes nothing any more") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        const store::Claim old = studio.claim_next();
        studio.expire_leases();
        CHECK(reap(studio.db(), 1h, all_queues(true))->retried == 1);
        studio.let_time_pass();
        const store::Claim now = studio.claim_next();
        CHECK(now.fence == old.fence + 1);
        const std::int64_t last = studio.job(job).last_seq;

        bool recorded = false;
        const auto late = studio.finish(old, made_up_output(old), [&](soci::session&) -> Result<void> {
            recorded = true;
            return {};
        });
        CHECK(late->stale);
        CHECK_FALSE(recorded);
        CHECK(studio.fail(old, true).stale);
        CHECK(studio.fail(old, false).stale);
        CHECK(give_back(studio.db(), old)->stale);
        CHECK(write(database, [&](soci::session& s) {
                  return store::heartbeat_tasks(s, {{old.id, old.fence, 0.5}}, 1000);
              }).empty());
        CHECK(studio.task_state(now.id) == "running");
        CHECK(studio.job(job).last_seq == last);
        studio.finish(now);
        studio.work_off();
        CHECK(studio.job(job).state == store::JobState::completed);
    });
}

TEST_CASE("a finish that is repeated because its commit's answer got lost is no loss and no second finish") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        studio.finish(studio.claim_next());
        const store::Claim last = studio.claim_next();
        CHECK_FALSE(studio.finish(last).stale);
        const Outcome again = studio.finish(last);
        CHECK_FALSE(again.stale);  // the worker would sweep what the first one recorded
        REQUIRE(again.events.size() == 1);
        CHECK(again.events[0].type == "job:completed");
        CHECK(breaches(studio.db()) == "");
        CHECK(studio.job(job).last_seq == again.events[0].seq);
    });
}

TEST_CASE("what a finish records shares its fate") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const store::Claim claim = studio.claim_next();
        const auto refused = studio.finish(claim, json::Object{},
                                           [](soci::session&) -> Result<void> { return not_found("asset"); });
        CHECK(failure(refused) == "NOT_FOUND");
        CHECK(studio.task_state(claim.id) == "running");
    });
}

TEST_CASE("a transient failure comes back after 2, 4 and 8 seconds, give or take a fifth") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        for (const std::int64_t base : {2000, 4000, 8000}) {
            const store::Claim claim = studio.claim_next();
            const std::int64_t before = studio.number("SELECT atelier_now()");
            const Outcome outcome = studio.fail(claim, true);
            const std::int64_t after = studio.number("SELECT atelier_now()");
            const std::int64_t due =
                studio.number("SELECT not_before FROM tasks WHERE id = '" + claim.id.value + "'");
            CHECK(due - before >= base * 8 / 10);
            CHECK(due - after <= base * 12 / 10);
            REQUIRE(outcome.events.size() == 1);
            CHECK(outcome.events[0].data["error"]["code"].as_string() == "INTERNAL");
            CHECK(studio.dispatch().empty());
            studio.let_time_pass();
        }
        CHECK(studio.fail(studio.claim_next(), true).buried);
    });
}

TEST_CASE("a task given back is ready at once and has lost no attempt") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        for (int i = 0; i < 6; ++i) {
            const store::Claim claim = studio.claim_next();
            CHECK(claim.attempt == 1);
            CHECK(give_back(studio.db(), claim)->has_ready);
        }
        studio.work_off();
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a lease that expired can be claimed by another worker, a beating one cannot") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2});
        studio.begin(studio.analysis());
        const store::Claim lost = studio.claim_next();
        studio.expire_leases();
        const store::Claim alive = studio.claim_next();
        const auto reaped = reap(studio.db(), 1h, all_queues(true));
        CHECK(reaped->retried == 1);
        CHECK(reaped->problems.empty());
        CHECK(studio.task_state(alive.id) == "running");
        CHECK(studio.task_state(lost.id) == "ready");
    });
}

TEST_CASE("a heartbeat that comes before the reaper keeps the task") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const store::Claim claim = studio.claim_next();
        studio.expire_leases();
        write(database, [&](soci::session& s) {
            store::heartbeat_tasks(s, {{claim.id, claim.fence, 0.5}}, 60'000);
        });
        CHECK_FALSE(write(database, [&](soci::session& s) {
                        return store::find_expired_claim(s, claim.id, claim.fence);
                    }).has_value());
        CHECK(reap(studio.db(), 1h, all_queues(true))->retried == 0);
    });
}

TEST_CASE("a task whose worker dies every time is dead in the end, with a letter to write") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        Reaped reaped;
        for (int i = 0; i < 4; ++i) {
            studio.claim_next();
            studio.expire_leases();
            reaped = reap(studio.db(), 1h, all_queues(true)).value();
            studio.let_time_pass();
        }
        REQUIRE(reaped.buried.size() == 1);
        CHECK(reaped.buried[0].claim.job_id == job);
        CHECK(studio.job(job).state == store::JobState::failed);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("what was queued and is in no queue any more goes out again, and only that") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2});
        studio.begin(studio.analysis());
        const auto lost = studio.dispatch(1);
        make_older(database);
        const auto fresh = studio.dispatch(1);
        CHECK(reap(studio.db(), 180s, {})->resent == 0);
        const SeenQueue other{{Stage::analysis, Lane::priority}, true};
        CHECK(reap(studio.db(), 180s, {&other, 1})->resent == 0);
        CHECK(reap(studio.db(), 180s, all_queues(true))->resent == 1);
        CHECK_FALSE(studio.claim(lost.at(0)).has_value());
        const auto again = studio.dispatch();
        REQUIRE(again.size() == 1);
        CHECK(again[0].task_id == lost[0].task_id);
        CHECK(studio.claim(again[0]).has_value());
        CHECK(studio.claim(fresh.at(0)).has_value());
    });
}

TEST_CASE("what was overtaken in its queue goes out again, and what only waits its turn does not") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3});
        studio.begin(studio.analysis());
        const auto lost = studio.dispatch(1);
        make_older(database);
        const auto next = studio.dispatch(1), last = studio.dispatch(1);
        CHECK(reap(studio.db(), 180s, all_queues(false))->resent == 0);
        const auto claim = studio.claim(next.at(0)).value();
        CHECK(reap(studio.db(), 300s, all_queues(false))->resent == 0);
        CHECK(reap(studio.db(), 180s, all_queues(false))->resent == 1);
        const auto again = studio.dispatch();
        REQUIRE(again.size() == 1);
        CHECK(again[0].task_id == lost[0].task_id);
        studio.finish(claim);
        CHECK(studio.claim(last.at(0)).has_value());
    });
}

TEST_CASE("a restart of the embedded broker brings back everything that was queued") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3});
        const JobId job = studio.begin(studio.analysis());
        studio.claim_next();
        studio.dispatch();
        CHECK(write(database, [](soci::session& s) { return store::resend_all_queued(s); }) == 2);
        CHECK(studio.tasks_in(job, "ready") == 2);
        CHECK(studio.tasks_in(job, "running") == 1);
    });
}

TEST_CASE("the priority lane is dispatched first") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        JobRequest urgent = studio.analysis();
        urgent.lane = Lane::priority;
        const JobId job = studio.begin(urgent);
        CHECK(studio.dispatch(1).at(0).job_id == job.value);
    });
}
