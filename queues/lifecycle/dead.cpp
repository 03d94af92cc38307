#include <algorithm>

#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {
namespace {

constexpr int kMostDeadTasks = 1000;  // an operator repeats the order for more

Result<std::vector<DeadJob>> matching(store::Database& db, const store::DeadFilter& filter) {
    return db.read([&](soci::session& session) -> Result<std::vector<DeadJob>> {
        std::vector<DeadJob> jobs;
        for (store::DeadTask& task : store::list_dead(session, filter, kMostDeadTasks)) {
            auto known = std::find_if(jobs.begin(), jobs.end(),
                                      [&](const DeadJob& j) { return j.job == task.job_id; });
            if (known == jobs.end()) known = jobs.insert(jobs.end(), DeadJob{task.job_id, {}, {}});
            known->tasks.push_back(std::move(task));
        }
        return jobs;
    });
}

/// All dead tasks of the job, ready in `lane`; the event that says so.
Result<store::JobEvent> revive(soci::session& session, DeadJob& dead, std::optional<Lane> lane) {
    auto job = store::lock_job(session, dead.job);
    if (!job) return job.error();
    store::DeadFilter all;
    all.job = dead.job;
    dead.tasks = store::list_dead(session, all, kMostDeadTasks);
    if (store::has_discarded(session, dead.job))
        return conflict("Work of the job was discarded for good: it can never be completed.");
    const int round = store::revive_job(session, dead.job);
    if (round == 0)
        return conflict("The job is " + std::string(store::to_string(job->state)) + ", not failed.");
    if (auto reserved =
            store::reserve_credits(session, {job->organization_id, job->user_id, job->id, round, job->price});
        !reserved)
        return reserved.error();
    store::revive_dead(session, dead.job, lane ? std::string(to_string(*lane)) : job->lane);
    store::release_held(session, dead.job);
    return store::append_event(session, dead.job, "job:progress",
                               json::Object{{"state", "running"},
                                            {"phase", "queued"},
                                            {"progress", job->progress},
                                            {"requeued", static_cast<int>(dead.tasks.size())}});
}

/// Discards those of the job's tasks that are still dead, and leaves only these in `dead`.
Result<void> discard_job(soci::session& session, DeadJob& dead) {
    if (auto job = store::lock_job(session, dead.job); !job) return job.error();
    std::vector<store::DeadTask> discarded;
    for (const store::DeadTask& task : dead.tasks)
        if (store::discard_dead(session, task.id)) discarded.push_back(task);
    dead.tasks = std::move(discarded);
    return {};
}

}  // namespace

Result<DeadOutcome> requeue(store::Database& db, const store::DeadFilter& filter, std::optional<Lane> lane,
                            bool dry_run) {
    auto jobs = matching(db, filter);
    if (!jobs) return jobs.error();
    DeadOutcome outcome{std::move(*jobs), {}};
    if (dry_run) return outcome;
    for (DeadJob& job : outcome.jobs) {
        auto event = db.write([&](soci::session& session) { return revive(session, job, lane); });
        if (event)
            outcome.events.push_back(*event);
        else if (event.error().code == ErrorCode::unavailable)
            return event.error();
        else
            job.refused = event.error();
    }
    return outcome;
}

Result<DeadOutcome> discard(store::Database& db, const store::DeadFilter& filter, bool dry_run) {
    auto jobs = matching(db, filter);
    if (!jobs) return jobs.error();
    DeadOutcome outcome{std::move(*jobs), {}};
    if (dry_run) return outcome;
    for (DeadJob& job : outcome.jobs) {
        DeadJob discarded;
        auto done = db.write([&](soci::session& session) {
            discarded = job;  // afresh in every attempt
            return discard_job(session, discarded);
        });
        if (!done) return done.error();
        job = std::move(discarded);
    }
    return outcome;
}

}  // namespace atelier::queues
