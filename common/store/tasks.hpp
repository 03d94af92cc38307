#pragma once
// Rows of tasks: outbox, retry schedule and truth of the work. Every change is a conditional update whose row
// count is checked; the protocol that strings them together is queues/lifecycle.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/value.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct NewTask {
    std::string step;
    int ordinal = 0;  ///< unique within (job, step)
    std::string stage;
    std::string lane;
    json::Value input;
    int max_attempts = 4;
    JobId job = {};
    OrganizationId organization = {};
    bool held = false;  ///< its job has failed meanwhile: it waits for a requeue
};

/// What a message needs to say.
struct Dispatchable {
    TaskId id;
    JobId job_id;
    std::string step, stage, lane;
    int dispatch = 0;
};

/// Inserts the tasks of jobs that this transaction made, queued as their first dispatch: the caller publishes
/// what it gets here once the transaction has committed. Should it die before, resend_forgotten() finds them.
std::vector<Dispatchable> insert_first_tasks(soci::session& session, std::span<const NewTask> tasks);
/// The same for jobs that may have some of them: those whose (job, step, ordinal) exists are left as they
/// are. Returns the new ones; of those that are held nothing is to be published.
std::vector<Dispatchable> insert_tasks(soci::session& session, std::span<const NewTask> tasks);

/// ready → queued, up to `limit` that are due, the priority lane first; the caller publishes them.
std::vector<Dispatchable> take_ready(soci::session& session, int limit);
/// queued → ready in `delay_ms`, those that still are that dispatch: the broker would not take them.
void put_back(soci::session& session, std::span<const Dispatchable> tasks, std::int64_t delay_ms);

/// A task in the hands of one worker. `fence` proves it: each claim raises it.
struct Claim {
    TaskId id;
    JobId job_id;
    OrganizationId organization_id;
    std::string job_kind, step, stage, lane;
    int ordinal = 0;
    int attempt = 0;  ///< this one, from 1
    int max_attempts = 0;
    int dispatch = 0;
    std::int64_t fence = 0;
    json::Value input;
    std::int64_t claimed_at = 0;  ///< the database's clock, epoch milliseconds
};

/// One dispatch of a task, as a message names it.
struct Dispatch {
    TaskId id;
    int dispatch = 0;
};
/// Takes the tasks for `worker` until now + lease, and returns those that it got: the others are done,
/// cancelled, held, or in other hands. In no order; no task twice.
std::vector<Claim> claim_tasks(soci::session& session, std::span<const Dispatch> tasks,
                               const std::string& worker, std::int64_t lease_ms);

struct Beat {
    TaskId id;
    std::int64_t fence = 0;
    double progress = 0;  ///< 0…1
};
/// Extends the leases and notes the progress. Those that are missing in what it returns have a void claim:
/// stop working on them.
std::vector<TaskId> heartbeat_tasks(soci::session& session, std::vector<Beat> beats, std::int64_t lease_ms);

struct NewlyDone {
    TaskId id;
    std::int64_t fence = 0;
    const json::Value& output;
};
struct Finished {
    TaskId id;
    std::int64_t finished_at = 0;  ///< the database's clock, epoch milliseconds
};
/// running → done. Those that are missing in what it returns had a void claim.
std::vector<Finished> finish_tasks(soci::session& session, std::span<const NewlyDone> tasks);

/// True when it was this very claim that made the task done: the answer to a commit that got lost.
bool was_finished_by(soci::session& session, const TaskId& id, std::int64_t fence);

/// running → ready in `delay_ms`, as the next dispatch. False when the claim is void.
bool retry_task(soci::session& session, const TaskId& id, std::int64_t fence, std::int64_t delay_ms,
                const json::Value& error);

/// running → ready at once without counting the attempt: the worker gives it back because it stops.
bool return_task(soci::session& session, const TaskId& id, std::int64_t fence);

/// running → dead. False when the claim is void.
bool bury_task(soci::session& session, const TaskId& id, std::int64_t fence, const json::Value& error);

struct Expired {
    TaskId id;
    JobId job_id;
    std::int64_t fence = 0;
};
/// Up to `limit` running tasks whose lease is over. Not locked: lock the job, then act on (id, fence).
std::vector<Expired> expired_leases(soci::session& session, int limit);

/// The claim that (id, fence) stands for, if it still does and its lease is still over: a heartbeat may have
/// come meanwhile.
std::optional<Claim> find_expired_claim(soci::session& session, const TaskId& id, std::int64_t fence);

/// Tasks of that queue that are queued for longer than `age_ms` although the queue no longer holds them →
/// ready as the next dispatch: all of them when it is empty, else those that were overtaken, since queues
/// keep the order: a task that was queued more than `age_ms` later is being worked on. Returns how many.
int resend_forgotten(soci::session& session, const std::string& stage, const std::string& lane, bool is_empty,
                     std::int64_t age_ms);
/// At start of the embedded broker, whose queues are empty and which has no other process: everything queued
/// → ready as the next dispatch. Returns how many.
int resend_all_queued(soci::session& session);

/// ready, queued → held: the job has failed, its other work waits for a requeue.
void hold_tasks(soci::session& session, const JobId& job);
/// held → ready as the next dispatch.
void release_held(soci::session& session, const JobId& job);
/// Everything unfinished → cancelled, running ones too: their claims are void from now on. Returns how many.
int cancel_tasks(soci::session& session, const JobId& job);
/// dead → ready in `lane`, attempts counted anew. Returns how many.
int revive_dead(soci::session& session, const JobId& job, const std::string& lane);
/// dead → discarded. False when it was not dead.
bool discard_dead(soci::session& session, const TaskId& id);
/// Whether a task of the job was discarded: the job can then never be completed.
bool has_discarded(soci::session& session, const JobId& job);

/// How far each step of a job is.
struct StepTally {
    std::string step;
    int total = 0, done = 0;
    double progress = 0;  ///< sum over the tasks, each 0…1, done ones as 1
    JobId job = {};
};
std::vector<StepTally> tally_steps(soci::session& session, std::span<const JobId> jobs);

/// A step of a job.
struct StepOf {
    JobId job;
    std::string step;
};
/// Outputs of the finished tasks of these steps, at most one of a job: by job, in the order of their
/// ordinals.
std::map<std::string, std::vector<json::Value>> step_outputs(soci::session& session,
                                                             std::span<const StepOf> steps);

/// Outputs of a step's tasks with first ≤ ordinal < last, by ordinal; nothing while one of them is not done.
std::optional<std::vector<json::Value>> outputs_when_done(soci::session& session, const JobId& job,
                                                          const std::string& step, int first, int last);

/// Whether a claim still holds: its task runs under that fence and its lease is not past.
bool is_claimed(soci::session& session, const TaskId& id, std::int64_t fence);

struct DeadTask {
    TaskId id;
    JobId job_id;
    OrganizationId organization_id;
    std::string job_kind, step, stage, lane;
    int attempt = 0, dispatch = 0;
    json::Value error, input;
    std::int64_t finished_at = 0;
};
struct DeadFilter {
    std::optional<OrganizationId>
        organization;         ///< an organization's admin sees only its own; the operator sees all
    std::vector<TaskId> ids;  ///< empty: any
    std::string stage, step;  ///< empty: any
    std::optional<JobId> job;
    std::optional<std::int64_t> older_than_ms;
};
/// Dead tasks, the newest first.
std::vector<DeadTask> list_dead(soci::session& session, const DeadFilter& filter, int limit);

}  // namespace atelier::store
