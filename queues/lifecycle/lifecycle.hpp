#pragma once
// A job's life from accept to its end: the protocol of ARCHITECTURE §5, one function per verb, each one
// transaction.
//
// The database remembers, the broker distributes: nothing here needs a message to arrive, or to arrive once.
// Locks are taken job first, then task. What callers announce on the bus is returned and only true once the
// transaction has committed. Every function blocks and is safe to call from any thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/json/schema_set.hpp"
#include "common/json/value.hpp"
#include "common/store/database.hpp"
#include "common/store/events.hpp"
#include "common/store/jobs.hpp"
#include "common/store/tasks.hpp"
#include "queues/messages/task_message.hpp"
#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {

struct JobRequest {
    Requester requester;
    std::string kind;
    json::Value input;
    Lane lane = Lane::primary;
    JobId id = ids::new_id<JobId>();  ///< of the job that it becomes
};

struct Accepted {
    store::Job job;                          ///< without the time at which it was stored
    std::vector<store::Dispatchable> ready;  ///< for the dispatcher, once committed
};

/// Validates the input, reserves its price and stores job, first tasks and event 1, in the caller's
/// transaction. Errors: validation_failed (every wrong field, `/kind` for an unknown kind),
/// insufficient_credits, and the plan's own.
Result<Accepted> accept(soci::session& session, const json::SchemaSet& schemas, const JobRequest& request);
/// The same for many in a handful of statements: what became of each. One that is refused changes nothing and
/// keeps nobody else back.
std::vector<Result<Accepted>> accept(soci::session& session, const json::SchemaSet& schemas,
                                     std::span<const JobRequest> requests);

/// What a worker got of the messages it pulled.
struct Claimed {
    std::vector<std::optional<store::Claim>>
        claims;                           ///< one a message; nothing: stale, acknowledge and forget it
    std::vector<store::JobEvent> events;  ///< of the jobs on which the first work begins
};
/// Takes the tasks for `worker`.
Result<Claimed> claim(store::Database& db, std::span<const TaskMessage> messages, const std::string& worker,
                      std::chrono::milliseconds lease);

/// What a transaction changed, to be announced after it committed.
struct Outcome {
    bool stale = false;   ///< the claim was void: nothing happened, drop the work
    bool buried = false;  ///< the task is dead: bury its message as well
    std::vector<store::JobEvent> events;
    std::vector<store::Dispatchable> ready;  ///< new tasks, to be offered to the dispatcher
    bool has_ready = false;                  ///< tasks wait for the dispatcher in the database
};

/// A task whose step succeeded. `record`, where there is one, stores what the step made, in the same
/// transaction; it may run more than once.
struct Success {
    const store::Claim& claim;
    const json::Value& output;
    const std::function<Result<void>(soci::session&)>& record;
};
/// Many at once, of any jobs: what became of each. What concerns a job (its events, the tasks that follow) is
/// told once, with its last one here. An error of one `record` fails that task alone. Repeating a finish
/// whose commit got lost is a success, and not stale.
std::vector<Result<Outcome>> finish(store::Database& db, std::span<const Success> successes);

/// The task failed: again in 2, 4, 8 s (±20 %) when `transient` and attempts are left; otherwise it is dead,
/// its job failed, the job's other work held and the credits refunded.
Result<Outcome> fail(store::Database& db, const store::Claim& claim, const Error& error, bool transient);

/// The worker stops before the task's end: ready at once, the attempt not counted.
Result<Outcome> give_back(store::Database& db, const store::Claim& claim);

/// A task that the reaper buried: its message is gone, so a new dead letter stands for it.
struct Buried {
    store::Claim claim;
    std::string reason;
};
struct Reaped {
    int retried = 0, resent = 0;
    std::vector<Buried> buried;
    std::vector<store::JobEvent> events;
    std::vector<Error> problems;  ///< tasks that could not be reaped this time; the others were
};
/// What the broker says of a queue.
struct SeenQueue {
    WorkQueue queue;
    bool is_empty = false;  ///< nothing waits in it
};
/// Expired leases count as transient failures. What is queued for longer than `forgotten_after` and not
/// claimed although its queue is empty, or although what was queued that much later is being worked on, was
/// lost on its way and goes out again; otherwise it waits its turn. Error: only when nothing at all could be
/// done.
Result<Reaped> reap(store::Database& db, std::chrono::milliseconds forgotten_after,
                    std::span<const SeenQueue> queues);

/// Ends the job, voids every claim on its tasks and refunds it, in the caller's transaction. Errors:
/// not_found, conflict when it has ended.
Result<store::JobEvent> cancel(soci::session& session, const OrganizationId& organization, const JobId& job);

/// One job that an operator's order touched.
struct DeadJob {
    JobId job;
    std::vector<store::DeadTask> tasks;
    std::optional<Error> refused;  ///< why it could not be revived: credits, or its state
};
struct DeadOutcome {
    std::vector<DeadJob> jobs;
    std::vector<store::JobEvent> events;
};
/// Dead tasks that match → ready in `lane` (empty: their own), attempts anew; their jobs run again in a new
/// credit round with everything that was held. All dead tasks of a job go together, since it cannot end while
/// one is dead.
Result<DeadOutcome> requeue(store::Database& db, const store::DeadFilter& filter, std::optional<Lane> lane,
                            bool dry_run);
/// Dead tasks that match → discarded for good; their jobs stay failed and cannot be requeued any more.
Result<DeadOutcome> discard(store::Database& db, const store::DeadFilter& filter, bool dry_run);

/// What a person is told of an error: {"code", "message", "details"?, "stage", "step", "retryable"}, and of a
/// failed generation "model_error", what the last provider said.
json::Value describe(const Error& error, const store::Claim& claim);

}  // namespace atelier::queues
