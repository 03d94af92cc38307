#include <algorithm>

#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {
namespace {

/// Jobs of these messages on which no work has begun. Locked before their tasks are, as everywhere.
std::vector<store::Job> lock_waiting_jobs(soci::session& session, std::span<const TaskMessage> messages) {
    std::vector<JobId> ids;
    for (const TaskMessage& message : messages)
        ids.push_back(JobId{message.job_id});
    return store::lock_queued_jobs(session, ids);
}

/// Each message's claim; of two messages for one task the first gets it.
std::vector<std::optional<store::Claim>> deal(std::span<const TaskMessage> messages,
                                              std::vector<store::Claim> claims) {
    std::vector<std::optional<store::Claim>> dealt(messages.size());
    for (store::Claim& claim : claims) {
        const auto first = std::find_if(messages.begin(), messages.end(), [&](const TaskMessage& message) {
            return message.task_id == claim.id.value;
        });
        dealt[first - messages.begin()] = std::move(claim);
    }
    return dealt;
}

/// Marks those of the jobs running that have a claimed task now.
std::vector<store::JobEvent> begin(soci::session& session, std::vector<store::Job> waiting,
                                   const std::vector<std::optional<store::Claim>>& claims) {
    std::vector<store::Job> begun;
    std::vector<store::JobEvent> events;
    for (store::Job& job : waiting) {
        const auto claimed = std::find_if(
            claims.begin(), claims.end(),
            [&](const std::optional<store::Claim>& claim) { return claim && claim->job_id == job.id; });
        const Pipeline* pipeline = find_pipeline(job.kind);
        if (claimed == claims.end() || !pipeline) continue;
        job.state = store::JobState::running;
        job.phase = pipeline->steps.front().phase;
        events.push_back(
            {job.id, ++job.last_seq, "job:progress",
             json::Object{{"state", "running"}, {"phase", job.phase}, {"progress", job.progress}},
             (*claimed)->claimed_at});
        begun.push_back(std::move(job));
    }
    store::change_jobs(session, begun);
    store::insert_events(session, events);
    return events;
}

}  // namespace

Result<Claimed> claim(store::Database& db, std::span<const TaskMessage> messages, const std::string& worker,
                      std::chrono::milliseconds lease) {
    std::vector<store::Dispatch> wanted;
    for (const TaskMessage& message : messages)
        wanted.push_back({TaskId{message.task_id}, message.dispatch});
    return db.write([&](soci::session& session) -> Result<Claimed> {
        auto waiting = lock_waiting_jobs(session, messages);
        Claimed claimed{deal(messages, store::claim_tasks(session, wanted, worker, lease.count())), {}};
        claimed.events = begin(session, std::move(waiting), claimed.claims);
        return claimed;
    });
}

}  // namespace atelier::queues
