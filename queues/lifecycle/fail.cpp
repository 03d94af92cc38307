#include <algorithm>

#include <fmt/format.h>

#include <random>

#include "common/store/ledger.hpp"
#include "queues/lifecycle/lifecycle.hpp"

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
    if (error.code == ErrorCode::generation_failed && !error.details.empty()) {
        const auto is_permanent = [](const FieldError& provider) { return provider.rule == "permanent"; };
        v.set("model_error", error.details.back().message);
        v.set("retryable", !std::all_of(error.details.begin(), error.details.end(), is_permanent));
    }
    return v;
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
                    std::span<const SeenQueue> queues) {
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
        for (const auto& [queue, is_empty] : queues)
            count += store::resend_forgotten(session, std::string(to_string(queue.stage)),
                                             std::string(to_string(queue.lane)), is_empty,
                                             forgotten_after.count());
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
