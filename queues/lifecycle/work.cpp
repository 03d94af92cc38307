#include <fmt/format.h>

#include <random>

#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "queues/pipelines/advance.hpp"

namespace atelier::queues {
namespace {

/// 2 s, 4 s, 8 s, … give or take a fifth, so that what failed together does not return together.
std::int64_t retry_delay_ms(int attempt) {
    thread_local std::mt19937 random{std::random_device{}()};
    const double base = 2000.0 * (1 << std::min(attempt - 1, 6));
    return static_cast<std::int64_t>(base * std::uniform_real_distribution<double>(0.8, 1.2)(random));
}

/// Runs `work` in a transaction; a stale claim rolls it back and is an outcome, not an error.
template <class Work>
Result<Outcome> transact(store::Database& db, Work work) {
    bool stale = false;
    auto done = db.write([&](soci::session& session) -> Result<Outcome> {
        stale = false;
        Outcome outcome;
        if (auto ok = work(session, outcome, stale); !ok) return ok.error();
        if (stale) return conflict("stale");
        return outcome;
    });
    if (!done && stale) return Outcome{.stale = true};
    return done;
}

json::Value progress_data(const store::Claim& claim, const Progress& progress) {
    return json::Object{
        {"state", "running"}, {"phase", progress.phase},           {"progress", progress.percent},
        {"step", claim.step}, {"tasks_done", progress.tasks_done}, {"tasks_total", progress.tasks_expected}};
}

/// Inserts what follows from the finished task and says where the job stands then.
Progress advance(soci::session& session, const Pipeline& pipeline, const store::Job& job,
                 const store::Claim& claim, const json::Value& output, Outcome& outcome) {
    const bool held = job.state == store::JobState::failed;
    const auto insert = [&](const std::vector<store::NewTask>& tasks) {
        const bool any =
            !tasks.empty() && store::insert_tasks(session, job.id, job.organization_id, tasks, held) > 0;
        outcome.has_ready |= any && !held;
        return any;
    };
    insert(tasks_after_each(pipeline, job.input, claim.step, claim.ordinal, output, job.lane));
    auto tallies = store::tally_steps(session, job.id);
    const auto outputs = [&](const std::string& step) { return store::step_outputs(session, job.id, step); };
    if (insert(tasks_after_all(pipeline, job.input, tallies, job.lane, outputs)))
        tallies = store::tally_steps(session, job.id);
    return progress_of(pipeline, job.input, tallies);
}

void complete(soci::session& session, const Pipeline& pipeline, const store::Job& job, Outcome& outcome) {
    const auto outputs = store::step_outputs(session, job.id, std::string(pipeline.steps.back().name));
    const json::Value result = pipeline.result(job.input, outputs);
    if (!store::end_job(session, job.id, store::JobState::completed, result, {})) return;
    store::settle_credits(session, job.id, job.round);
    outcome.events.push_back(
        store::append_event(session, job.id, "job:completed",
                            json::Object{{"state", "completed"}, {"progress", 100}, {"result", result}}));
}

/// The commit of this very finish had succeeded though its answer got lost: tell the job's last event again,
/// since nobody else will.
void repeat_announcement(soci::session& session, const store::Job& job, Outcome& outcome) {
    outcome.has_ready = true;
    outcome.events = store::list_events(session, job.id, job.last_seq - 1, 1);
}

void end_as_failed(soci::session& session, const store::Job& job, const json::Value& why, Outcome& outcome) {
    store::hold_tasks(session, job.id);
    if (!store::end_job(session, job.id, store::JobState::failed, {}, why)) return;
    store::refund_credits(session, job.id, job.round);
    outcome.events.push_back(store::append_event(session, job.id, "job:failed",
                                                 json::Object{{"state", "failed"}, {"error", why}}));
}

void retry_later(soci::session& session, const store::Job& job, const store::Claim& claim, std::int64_t delay,
                 const json::Value& why, Outcome& outcome) {
    outcome.has_ready = true;
    if (job.state == store::JobState::failed) store::hold_tasks(session, job.id);
    if (store::is_terminal(job.state)) return;
    outcome.events.push_back(store::append_event(session, job.id, "job:progress",
                                                 json::Object{{"state", "running"},
                                                              {"phase", job.phase},
                                                              {"progress", job.progress},
                                                              {"step", claim.step},
                                                              {"attempt", claim.attempt},
                                                              {"retry_in_ms", delay},
                                                              {"error", why}}));
}

/// With the job locked. False when the claim is void: nothing was changed.
bool settle_failure(soci::session& session, const store::Job& job, const store::Claim& claim,
                    const Error& error, bool transient, Outcome& outcome) {
    const json::Value why = describe(error, claim);
    if (transient && claim.attempt < claim.max_attempts) {
        const std::int64_t delay = retry_delay_ms(claim.attempt);
        if (!store::retry_task(session, claim.id, claim.fence, delay, why)) return false;
        retry_later(session, job, claim, delay, why, outcome);
        return true;
    }
    if (!store::bury_task(session, claim.id, claim.fence, why)) return false;
    outcome.buried = true;
    end_as_failed(session, job, why, outcome);
    return true;
}

/// The worker of an expired lease is gone. The claim is looked up again with the job locked, since a late
/// heartbeat may have kept it.
Result<Outcome> reap_task(store::Database& db, const store::Expired& expired, const Error& lost,
                          store::Claim& claim) {
    return transact(db, [&](soci::session& session, Outcome& outcome, bool& stale) -> Result<void> {
        auto job = store::lock_job(session, expired.job_id);
        if (!job) return job.error();
        auto found = store::find_expired_claim(session, expired.id, expired.fence);
        stale = !found || !settle_failure(session, *job, *found, lost, true, outcome);
        if (!stale) claim = std::move(*found);
        return {};
    });
}

}  // namespace

json::Value describe(const Error& error, const store::Claim& claim) {
    json::Value v = json::Object{{"code", to_string(error.code)},
                                 {"message", error.message},
                                 {"stage", claim.stage},
                                 {"step", claim.step},
                                 {"retryable", error.retryable()}};
    for (const FieldError& field : error.details) {
        json::Value details = v["details"];
        details.push(
            json::Object{{"pointer", field.pointer}, {"rule", field.rule}, {"message", field.message}});
        v.set("details", std::move(details));
    }
    return v;
}

Result<std::optional<store::Claim>> claim(store::Database& db, const TaskMessage& message,
                                          const std::string& worker, std::chrono::milliseconds lease) {
    return db.write([&](soci::session& session) -> Result<std::optional<store::Claim>> {
        return store::claim_task(session, TaskId{message.task_id}, message.dispatch, worker, lease.count());
    });
}

Result<std::optional<store::JobEvent>> note_start(store::Database& db, const JobId& id) {
    return db.write([&](soci::session& session) -> Result<std::optional<store::JobEvent>> {
        auto job = store::lock_job(session, id);
        if (!job) return job.error();
        const Pipeline* pipeline = find_pipeline(job->kind);
        if (job->state != store::JobState::queued || !pipeline) return std::optional<store::JobEvent>();
        const std::string_view phase = pipeline->steps.front().phase;
        store::advance_job(session, id, phase, 0);
        return std::optional(
            store::append_event(session, id, "job:progress",
                                json::Object{{"state", "running"}, {"phase", phase}, {"progress", 0}}));
    });
}

Result<Outcome> finish(store::Database& db, const store::Claim& claim, const json::Value& output,
                       const std::function<Result<void>(soci::session&)>& record) {
    return transact(db, [&](soci::session& session, Outcome& outcome, bool& stale) -> Result<void> {
        auto job = store::lock_job(session, claim.job_id);
        if (!job) return job.error();
        const Pipeline* pipeline = find_pipeline(job->kind);
        if (!pipeline) return internal("There is no pipeline for the job kind " + job->kind + ".");
        if (!store::finish_task(session, claim.id, claim.fence, output)) {
            stale = !store::was_finished_by(session, claim.id, claim.fence);
            if (!stale) repeat_announcement(session, *job, outcome);
            return {};
        }
        if (record)
            if (auto stored = record(session); !stored) return stored.error();
        Progress progress = advance(session, *pipeline, *job, claim, output, outcome);
        progress.percent = std::max(progress.percent, job->progress);  // a sibling that starts anew lowers it
        if (store::is_terminal(job->state))
            return {};  // failed meanwhile: what was made is kept for a requeue
        if (progress.complete) {
            complete(session, *pipeline, *job, outcome);
            return {};
        }
        store::advance_job(session, job->id, progress.phase, progress.percent);
        outcome.events.push_back(
            store::append_event(session, job->id, "job:progress", progress_data(claim, progress)));
        return {};
    });
}

Result<Outcome> fail(store::Database& db, const store::Claim& claim, const Error& error, bool transient) {
    return transact(db, [&](soci::session& session, Outcome& outcome, bool& stale) -> Result<void> {
        auto job = store::lock_job(session, claim.job_id);
        if (!job) return job.error();
        stale = !settle_failure(session, *job, claim, error, transient, outcome);
        return {};
    });
}

Result<Outcome> give_back(store::Database& db, const store::Claim& claim) {
    return transact(db, [&](soci::session& session, Outcome& outcome, bool& stale) -> Result<void> {
        auto job = store::lock_job(session, claim.job_id);
        if (!job) return job.error();
        stale = !store::return_task(session, claim.id, claim.fence);
        if (stale) return {};
        if (job->state == store::JobState::failed) store::hold_tasks(session, job->id);
        outcome.has_ready = true;
        return {};
    });
}

Result<Reaped> reap(store::Database& db, std::chrono::milliseconds forgotten_after,
                    std::span<const WorkQueue> drained) {
    Reaped reaped;
    auto expired = db.read([](soci::session& session) -> Result<std::vector<store::Expired>> {
        return store::expired_leases(session, 500);
    });
    if (!expired) return expired.error();
    const Error lost = unavailable("The worker stopped answering before the task was done.");
    for (const store::Expired& task : *expired) {
        store::Claim claim;
        auto outcome = reap_task(db, task, lost, claim);
        if (!outcome) {
            reaped.problems.push_back(outcome.error());
            if (outcome.error().code == ErrorCode::unavailable) return reaped;
            continue;
        }
        if (outcome->stale) continue;
        if (outcome->buried)
            reaped.buried.push_back({std::move(claim), lost.message});
        else
            ++reaped.retried;
        reaped.events.insert(reaped.events.end(), outcome->events.begin(), outcome->events.end());
    }
    auto resent = db.write([&](soci::session& session) -> Result<int> {
        int count = 0;
        for (const WorkQueue& queue : drained)
            count += store::resend_forgotten(session, std::string(to_string(queue.stage)),
                                             std::string(to_string(queue.lane)), forgotten_after.count());
        return count;
    });
    if (resent)
        reaped.resent = *resent;
    else
        reaped.problems.push_back(resent.error());
    return reaped;
}

Result<store::JobEvent> cancel(soci::session& session, const OrganizationId& organization, const JobId& id) {
    if (auto known = store::find_job(session, organization, id); !known) return known.error();
    auto job = store::lock_job(session, id);
    if (!job) return job.error();
    if (!store::end_job(session, id, store::JobState::cancelled, {}, {}))
        return conflict("The job has already ended: it is " + std::string(store::to_string(job->state)) +
                        ".");
    store::cancel_tasks(session, id);
    store::refund_credits(session, id, job->round);
    return store::append_event(session, id, "job:cancelled", json::Object{{"state", "cancelled"}});
}

}  // namespace atelier::queues
