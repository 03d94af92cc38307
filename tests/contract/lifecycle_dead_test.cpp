#include <doctest/doctest.h>

#include "common/store/ledger.hpp"
#include "tests/support/in_transaction.hpp"
#include "tests/support/protocol_audit.hpp"
#include "tests/support/studio.hpp"

using namespace atelier;
using namespace atelier::testing;
using namespace atelier::queues;

namespace {

store::DeadFilter of(const JobId& job) {
    store::DeadFilter filter;
    filter.job = job;
    return filter;
}

}  // namespace

TEST_CASE("a permanent failure ends the job, holds its siblings and refunds once") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3, .credits = 10});
        const JobId job = studio.begin(studio.analysis());
        const Outcome outcome = studio.fail(studio.claim_next(), false);
        CHECK(outcome.buried);
        REQUIRE(outcome.events.size() == 1);
        CHECK(outcome.events[0].type == "job:failed");
        CHECK(studio.job(job).error["step"].as_string() == "analyze");
        CHECK(studio.tasks_in(job, "held") == 2);
        CHECK(studio.balance() == 10);
        CHECK(studio.dispatch().empty());
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a second task that dies refunds nothing more") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 10});
        studio.begin(studio.analysis());
        const store::Claim one = studio.claim_next(), other = studio.claim_next();
        studio.fail(one, false);
        const Outcome second = studio.fail(other, false);
        CHECK(second.buried);
        CHECK(second.events.empty());
        CHECK(studio.balance() == 10);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("what a sibling of a failed job still makes is kept, and what follows from it waits") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2});
        const JobId job = studio.begin(studio.analysis());
        const store::Claim one = studio.claim_next(), other = studio.claim_next();
        studio.fail(one, false);
        const Outcome kept = studio.finish(other);
        CHECK_FALSE(kept.stale);
        CHECK_FALSE(kept.has_ready);
        CHECK(kept.events.empty());
        CHECK(studio.tasks_in(job, "done") == 1);
        CHECK(studio.tasks_in(job, "held") == 1);
        CHECK(studio.dispatch().empty());
    });
}

TEST_CASE("a sibling that fails for a while or is given back waits for the requeue as well") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3});
        const JobId job = studio.begin(studio.analysis());
        const store::Claim one = studio.claim_next(), two = studio.claim_next(), three = studio.claim_next();
        studio.fail(one, false);
        CHECK(studio.fail(two, true).events.empty());
        CHECK_FALSE(give_back(studio.db(), three)->stale);
        CHECK(studio.tasks_in(job, "held") == 2);
        studio.requeue(job);
        studio.work_off();
        CHECK(studio.job(job).state == store::JobState::completed);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("requeueing revives everything in a new round of credits, and the job completes") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 3, .credits = 10});
        const JobId job = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), false);
        const DeadOutcome outcome = studio.requeue(job);
        REQUIRE(outcome.jobs.size() == 1);
        CHECK_FALSE(outcome.jobs[0].refused.has_value());
        CHECK(outcome.events.size() == 1);
        CHECK(studio.job(job).state == store::JobState::running);
        CHECK(studio.job(job).phase == "queued");
        CHECK(studio.job(job).round == 2);
        CHECK(studio.balance() == 7);
        CHECK(studio.tasks_in(job, "ready") == 3);
        studio.work_off();
        CHECK(studio.job(job).state == store::JobState::completed);
        CHECK(studio.balance() == 7);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a requeued task has all its attempts again, in the lane that was chosen") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), true);
        studio.let_time_pass();
        studio.fail(studio.claim_next(), false);
        CHECK(requeue(studio.db(), of(job), Lane::priority, false).has_value());
        const store::Claim claim = studio.claim_next();
        CHECK(claim.attempt == 1);
        CHECK(claim.lane == "priority");
    });
}

TEST_CASE("a requeue that cannot be paid is refused and changes nothing") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 3});
        const JobId job = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), false);
        const JobId other = studio.begin(studio.analysis());
        const DeadOutcome outcome = studio.requeue(job);
        REQUIRE(outcome.jobs.size() == 1);
        REQUIRE(outcome.jobs[0].refused.has_value());
        CHECK(outcome.jobs[0].refused->code == ErrorCode::insufficient_credits);
        CHECK(studio.job(job).state == store::JobState::failed);
        CHECK(studio.tasks_in(job, "dead") == 1);
        CHECK(studio.job(other).state == store::JobState::queued);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a dry run says what would go and changes nothing") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), false);
        CHECK(requeue(studio.db(), of(job), {}, true)->jobs.size() == 1);
        CHECK(discard(studio.db(), of(job), true)->jobs.size() == 1);
        CHECK(studio.tasks_in(job, "dead") == 1);
    });
}

TEST_CASE("an organization's order does not touch another's dead tasks") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1}), stranger(database, {.photos = 1});
        const JobId job = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), false);
        store::DeadFilter filter = of(job);
        filter.organization = stranger.tenant.organization;
        CHECK(requeue(studio.db(), filter, {}, false)->jobs.empty());
        CHECK(discard(studio.db(), filter, false)->jobs.empty());
        CHECK(studio.tasks_in(job, "dead") == 1);
    });
}

TEST_CASE("dead tasks are found by id, stage, step and age") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        studio.begin(studio.analysis());
        const store::Claim claim = studio.claim_next();
        studio.fail(claim, false);
        const auto found = [&](auto change) {
            store::DeadFilter filter;
            change(filter);
            return write(database, [&](soci::session& s) { return store::list_dead(s, filter, 10).size(); });
        };
        CHECK(found([&](auto& f) { f.ids = {claim.id}; }) == 1);
        CHECK(found([&](auto& f) { f.ids = {TaskId{claim.job_id.value}}; }) == 0);
        CHECK(found([&](auto& f) { f.stage = "analysis", f.step = "analyze"; }) == 1);
        CHECK(found([&](auto& f) { f.stage = "moderation"; }) == 0);
        CHECK(found([&](auto& f) { f.older_than_ms = 3'600'000; }) == 0);
        CHECK(found([&](auto& f) { f.organization = claim.organization_id, f.ids = {claim.id}; }) == 1);
    });
}

TEST_CASE("a discarded task is gone for good, and its job is not requeued any more") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 10});
        const JobId job = studio.begin(studio.analysis());
        const store::Claim one = studio.claim_next(), other = studio.claim_next();
        studio.fail(one, false);
        CHECK(discard(studio.db(), of(job), false)->jobs.at(0).tasks.size() == 1);
        CHECK(studio.task_state(one.id) == "discarded");
        studio.fail(other, false);  // dies after the order
        const DeadOutcome outcome = studio.requeue(job);
        REQUIRE(outcome.jobs.size() == 1);
        REQUIRE(outcome.jobs[0].refused.has_value());
        CHECK(outcome.jobs[0].refused->code == ErrorCode::conflict);
        CHECK(studio.balance() == 10);
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a job can be cancelled until it has ended, and is refunded once") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 2, .credits = 10});
        const JobId job = studio.begin(studio.analysis());
        std::optional<store::Claim> running;
        SUBCASE("before anything happened") {}
        SUBCASE("with messages under way") {
            studio.dispatch();
        }
        SUBCASE("with a task running") {
            running = studio.claim_next();
        }
        SUBCASE("with work done") {
            studio.finish(studio.claim_next());
            running = studio.claim_next();
        }
        const auto cancelled = studio.cancel(job);
        REQUIRE(cancelled.has_value());
        CHECK(cancelled->type == "job:cancelled");
        CHECK(studio.balance() == 10);
        CHECK(studio.dispatch().empty());
        if (running) {
            CHECK(write(database, [&](soci::session& s) {
                      return store::heartbeat_tasks(s, {{running->id, running->fence, 0.5}}, 1000);
                  }).empty());
            CHECK(studio.finish(*running).stale);
            CHECK(studio.fail(*running, false).stale);
        }
        CHECK(failure(studio.cancel(job)) == "CONFLICT");
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a job that completed or failed cannot be cancelled") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1});
        const JobId completed = studio.begin(studio.analysis());
        studio.work_off();
        CHECK(failure(studio.cancel(completed)) == "CONFLICT");
        const JobId failed = studio.begin(studio.analysis());
        studio.fail(studio.claim_next(), false);
        CHECK(failure(studio.cancel(failed)) == "CONFLICT");
        CHECK(breaches(studio.db()) == "");
    });
}

TEST_CASE("a round is settled or refunded, never both") {
    for_each_database([](TestDatabase& database) {
        Studio studio(database, {.photos = 1, .credits = 10});
        const JobId job = studio.begin(studio.analysis());
        CHECK(write(database, [&](soci::session& s) { return store::refund_credits(s, job, 1); }));
        CHECK_FALSE(write(database, [&](soci::session& s) { return store::refund_credits(s, job, 1); }));
        const store::EndedRound rounds[] = {{job, 1}, {job, 2}};
        write(database, [&](soci::session& s) { store::settle_credits(s, rounds); });
        CHECK(studio.number("SELECT count(*) FROM credit_transactions WHERE type = 'settle'") == 0);
        CHECK(studio.balance() == 10);
        // The auditor can fail: this job runs on though its round has ended.
        CHECK(breaches(studio.db()).find("the last round's end does not fit") != std::string::npos);
    });
}
