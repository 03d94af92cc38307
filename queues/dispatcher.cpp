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

/// None while the broker does not answer.
std::vector<SeenQueue> look_at_queues(Broker& broker) {
    std::vector<SeenQueue> seen;
    const auto depths = broker.depths();
    if (!depths) return seen;
    for (const StageDepth& depth : *depths) {
        seen.push_back({{depth.stage, Lane::primary}, depth.primary == 0});
        seen.push_back({{depth.stage, Lane::priority}, depth.priority == 0});
    }
    return seen;
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
        if (!sent) log::warning("What the broker did not take is found later: {}", sent.error().message);
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
        return store::take_ready(session, settings_.batch);
    });
}

Result<int> Dispatcher::send(const std::vector<store::Dispatchable>& tasks) {
    if (tasks.empty()) return 0;
    std::vector<OutgoingTask> batch;
    for (const store::Dispatchable& task : tasks)
        batch.push_back(outgoing(message_of(task)));
    const std::vector<PublishOutcome> outcomes = broker_.publish(batch);
    std::vector<store::Dispatchable> left;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        if (outcomes[i] != PublishOutcome::confirmed) left.push_back(tasks[i]);
    if (!left.empty()) {
        log::warning("The broker did not take {} of {} tasks", left.size(), batch.size());
        if (auto kept = put_back(left); !kept) return kept.error();
    }
    return static_cast<int>(tasks.size() - left.size());
}

Result<void> Dispatcher::put_back(const std::vector<store::Dispatchable>& tasks) {
    return db_.write([&](soci::session& session) -> Result<void> {
        store::put_back(session, tasks, settings_.backoff.count());
        return {};
    });
}

Result<void> Dispatcher::reap_once() {
    auto reaped = reap(db_, settings_.forgotten_after, look_at_queues(broker_));
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
