#include "queues/dispatcher.hpp"

#include <algorithm>

#include "common/log/log.hpp"
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {
namespace {

TaskMessage message_of(const store::Dispatchable& task) {
    return {task.id.value,
            task.dispatch,
            task.job_id.value,
            parse_stage(task.stage).value_or(Stage::analysis),
            parse_lane(task.lane).value_or(Lane::primary),
            task.step};
}

OutgoingTask outgoing(const TaskMessage& message) {
    return {message.stage, message.lane, message_id(message), encode(message)};
}

/// Nothing waits in these, so a task that is queued for them and unclaimed has no message any more.
std::vector<WorkQueue> drained_queues(Broker& broker) {
    std::vector<WorkQueue> drained;
    const auto depths = broker.depths();
    if (!depths) return drained;
    for (const StageDepth& depth : *depths) {
        if (depth.primary == 0) drained.push_back({depth.stage, Lane::primary});
        if (depth.priority == 0) drained.push_back({depth.stage, Lane::priority});
    }
    return drained;
}

}  // namespace

Dispatcher::Dispatcher(DispatcherSettings settings, store::Database& db, Broker& broker, Announcer& announcer)
    : settings_(settings), db_(db), broker_(broker), announcer_(announcer) {
    dispatching_ = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{"dispatcher", settings_.poll}, [this] { dispatch_all(); });
    reaping_ = std::make_unique<async::PeriodicTask>(
        async::PeriodicTask::Options{"reaper", settings_.reap_every}, [this] {
            if (auto done = reap_once(); !done) log::warning("Reaping failed: {}", done.error().message);
        });
}

Dispatcher::~Dispatcher() {
    stop();
}

void Dispatcher::stop() {
    if (reaping_) reaping_->stop();
    if (dispatching_) dispatching_->stop();
}

void Dispatcher::dispatch_all() {
    bool more = true;
    while (more) {
        auto sent = dispatch_batch(more);
        if (!sent) {
            log::warning("Dispatching failed: {}", sent.error().message);
            return;
        }
    }
}

Result<int> Dispatcher::dispatch_once() {
    bool more = false;
    return dispatch_batch(more);
}

Result<int> Dispatcher::dispatch_batch(bool& more) {
    more = false;
    const auto tasks = db_.write([&](soci::session& session) -> Result<std::vector<store::Dispatchable>> {
        return store::take_ready(session, settings_.batch, settings_.reserve.count());
    });
    if (!tasks) return tasks.error();
    if (tasks->empty()) return 0;
    std::vector<OutgoingTask> batch;
    for (const store::Dispatchable& task : *tasks)
        batch.push_back(outgoing(message_of(task)));
    const std::vector<PublishOutcome> outcomes = broker_.publish(batch);
    if (auto noted = note_outcomes(*tasks, outcomes); !noted) return noted.error();
    const auto confirmed = std::count(outcomes.begin(), outcomes.end(), PublishOutcome::confirmed);
    if (confirmed < std::ssize(batch))
        log::warning("The broker did not take {} of {} tasks", std::ssize(batch) - confirmed, batch.size());
    more = std::ssize(batch) == settings_.batch && confirmed > 0;
    return static_cast<int>(confirmed);
}

Result<void> Dispatcher::note_outcomes(const std::vector<store::Dispatchable>& tasks,
                                       const std::vector<PublishOutcome>& outcomes) {
    return db_.write([&](soci::session& session) -> Result<void> {
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            // No effect on a task that a worker was quick enough to claim already.
            if (outcomes[i] == PublishOutcome::confirmed)
                store::mark_queued(session, tasks[i].id, tasks[i].dispatch);
            else
                store::postpone(session, tasks[i].id, tasks[i].dispatch, settings_.backoff.count());
        }
        return {};
    });
}

Result<void> Dispatcher::reap_once() {
    auto reaped = reap(db_, settings_.forgotten_after, drained_queues(broker_));
    if (!reaped) return reaped.error();
    for (const Buried& buried : reaped->buried) {
        const store::Claim& claim = buried.claim;
        const TaskMessage message =
            message_of({claim.id, claim.job_id, claim.step, claim.stage, claim.lane, claim.dispatch});
        broker_.publish_dead(message.stage, message_id(message), encode(message), buried.reason);
    }
    announcer_.announce(reaped->events);
    for (const Error& problem : reaped->problems)
        log::warning("Not all could be reaped: {}", problem.message);
    if (reaped->retried + reaped->resent + static_cast<int>(reaped->buried.size()) > 0)
        log::info("Reaped: {} to retry, {} sent again, {} dead", reaped->retried, reaped->resent,
                  reaped->buried.size());
    nudge();
    return {};
}

}  // namespace atelier::queues
