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

void Dispatcher::offer(std::vector<store::Dispatchable> tasks) {
    if (tasks.empty()) return;
    {
        std::lock_guard lock(mutex_);
        std::move(tasks.begin(), tasks.end(), std::back_inserter(offered_));
    }
    dispatching_->nudge();
}

void Dispatcher::nudge() {
    nudged_ = true;
    dispatching_->nudge();
}

void Dispatcher::dispatch_all() {
    for (;;) {
        auto tasks = take_offered();
        const bool offered = !tasks.empty();
        if (!offered) {
            if (!should_look()) return;
            auto found = take_ready();
            if (!found) return log::warning("Dispatching failed: {}", found.error().message);
            tasks = std::move(*found);
        }
        const auto sent = send(tasks);
        if (!sent) log::warning("What was dispatched could not be noted: {}", sent.error().message);
        if (!offered && sent && *sent > 0 && std::ssize(tasks) == settings_.batch) nudged_ = true;
    }
}

Result<int> Dispatcher::dispatch_once() {
    const auto tasks = take_ready();
    return tasks ? send(*tasks) : tasks.error();
}

std::vector<store::Dispatchable> Dispatcher::take_offered() {
    std::lock_guard lock(mutex_);
    const auto count = std::min<std::ptrdiff_t>(std::ssize(offered_), settings_.batch);
    std::vector<store::Dispatchable> taken(std::make_move_iterator(offered_.begin()),
                                           std::make_move_iterator(offered_.begin() + count));
    offered_.erase(offered_.begin(), offered_.begin() + count);
    return taken;
}

/// Offers alone are no reason to ask the database.
bool Dispatcher::should_look() {
    const auto now = std::chrono::steady_clock::now();
    if (!nudged_.exchange(false) && now - looked_at_ < settings_.poll / 2) return false;
    looked_at_ = now;
    return true;
}

Result<std::vector<store::Dispatchable>> Dispatcher::take_ready() {
    return db_.write([&](soci::session& session) -> Result<std::vector<store::Dispatchable>> {
        return store::take_ready(session, settings_.batch, settings_.reserve.count());
    });
}

Result<int> Dispatcher::send(const std::vector<store::Dispatchable>& tasks) {
    if (tasks.empty()) return 0;
    std::vector<OutgoingTask> batch;
    for (const store::Dispatchable& task : tasks)
        batch.push_back(outgoing(message_of(task)));
    const std::vector<PublishOutcome> outcomes = broker_.publish(batch);
    if (auto noted = note_outcomes(tasks, outcomes); !noted) return noted.error();
    const auto confirmed = std::count(outcomes.begin(), outcomes.end(), PublishOutcome::confirmed);
    if (confirmed < std::ssize(batch))
        log::warning("The broker did not take {} of {} tasks", std::ssize(batch) - confirmed, batch.size());
    return static_cast<int>(confirmed);
}

Result<void> Dispatcher::note_outcomes(const std::vector<store::Dispatchable>& tasks,
                                       const std::vector<PublishOutcome>& outcomes) {
    std::vector<store::Dispatchable> taken, left;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        (outcomes[i] == PublishOutcome::confirmed ? taken : left).push_back(tasks[i]);
    return db_.write([&](soci::session& session) -> Result<void> {
        store::mark_queued(session, taken);
        store::postpone(session, left, settings_.backoff.count());
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
