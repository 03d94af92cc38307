#include "workers/runtime/reporter.hpp"

#include "common/log/log.hpp"

namespace atelier::runtime {
namespace {

constexpr std::size_t kMostTogether = 64;  // a larger transaction gains little and fails for more at once

std::string reason_of(const queues::Outcome& outcome) {
    for (const store::JobEvent& event : outcome.events)
        if (event.type == "job:failed") return event.data["error"]["message"].string_or("failed");
    return "The task failed for good.";
}

bool is_away(const Result<queues::Outcome>& outcome) {
    return !outcome && outcome.error().code == ErrorCode::unavailable;
}

}  // namespace

Reporter::Reporter(const WorkerServices& services, ActiveTasks& active, queues::Consumer& consumer)
    : s_(services), active_(active), consumer_(consumer), thread_([this] { run(); }) {}

Reporter::~Reporter() {
    stop();
}

void Reporter::stop() {
    worked_.close();
    if (thread_.joinable()) thread_.join();
}

void Reporter::report(WorkedTask task) {
    worked_.push(std::move(task));
}

std::chrono::milliseconds Reporter::longer(std::chrono::milliseconds pause) {
    return std::min(pause * 2, std::chrono::milliseconds(2'000));
}

void Reporter::run() {
    for (;;) {
        std::vector<WorkedTask> tasks = worked_.pop_all(kMostTogether);
        if (tasks.empty()) return;
        std::vector<std::shared_ptr<ActiveTask>> reported;
        for (const WorkedTask& task : tasks)
            reported.push_back(task.active);
        try {
            settle_all(std::move(tasks));
        } catch (const std::exception& e) {
            // Their leases run out and the reaper takes them back.
            log::error("Outcomes could not be reported: {}", e.what());
        }
        // All at once, so that as many are claimed together.
        active_.remove(reported);
    }
}

void Reporter::settle_all(std::vector<WorkedTask> tasks) {
    std::vector<WorkedTask*> done;
    for (WorkedTask& task : tasks) {
        if (task.active->is_void)
            settle(task, queues::Outcome{.stale = true});
        else if (std::holds_alternative<Done>(task.fate))
            done.push_back(&task);
        else
            settle(task, insist([&] { return fail(task); }));
    }
    for (std::chrono::milliseconds pause(200); !done.empty(); pause = longer(pause)) {
        const std::vector<Outcome> outcomes = finish(done);
        std::vector<WorkedTask*> again;
        for (std::size_t i = 0; i < done.size(); ++i) {
            if (is_away(outcomes[i]) && !gone_)
                again.push_back(done[i]);
            else
                settle(*done[i], outcomes[i]);
        }
        done = std::move(again);
        if (!done.empty()) std::this_thread::sleep_for(pause);
    }
}

std::vector<Reporter::Outcome> Reporter::finish(const std::vector<WorkedTask*>& tasks) {
    std::vector<queues::Success> successes;
    for (const WorkedTask* task : tasks) {
        const Done& done = std::get<Done>(task->fate);
        successes.push_back({task->active->claim, done.output, done.record});
    }
    std::vector<Outcome> outcomes = queues::finish(s_.db, successes);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const store::Claim& claim = tasks[i]->active->claim;
        if (outcomes[i])
            count(claim, "done", outcomes[i]);
        else if (!is_away(outcomes[i]))
            outcomes[i] = refuse(claim, outcomes[i].error());
    }
    return outcomes;
}

Reporter::Outcome Reporter::fail(const WorkedTask& task) {
    const store::Claim& claim = task.active->claim;
    std::string_view word;
    Outcome outcome = internal("not decided");
    if (task.active->is_late) {
        const Error late{ErrorCode::request_timeout, "The step took longer than its deadline.", {}, {}};
        word = "late";
        outcome = queues::fail(s_.db, claim, late, true);
    } else if (gone_) {
        word = "given_back";
        outcome = queues::give_back(s_.db, claim);
    } else if (const auto* retry = std::get_if<Retry>(&task.fate)) {
        word = "retry";
        outcome = queues::fail(s_.db, claim, retry->why, true);
    } else {
        word = "failed";
        outcome = queues::fail(s_.db, claim, std::get<Fail>(task.fate).why, false);
    }
    count(claim, word, outcome);
    return outcome;
}

/// What the step made could not be stored: its asset was deleted meanwhile, the disk is full.
Reporter::Outcome Reporter::refuse(const store::Claim& claim, const Error& why) {
    const bool may_pass = std::holds_alternative<Retry>(fate_of(why));
    Outcome failed = queues::fail(s_.db, claim, why, may_pass);
    if (failed) sweep(claim);
    count(claim, "failed", failed);
    return failed;
}

void Reporter::count(const store::Claim& claim, std::string_view outcome, const Outcome& result) {
    if (result)
        s_.metrics.add(metrics::Counter::tasks_finished, {claim.step, result->stale ? "stale" : outcome});
}

void Reporter::settle(const WorkedTask& task, const Outcome& outcome) {
    if (!outcome) {
        // The lease runs out and the reaper sends the task again as its next dispatch; this message is spent.
        log::error("The outcome of a task could not be stored: {}", outcome.error().message);
        return consumer_.ack(task.delivery);
    }
    if (outcome->stale || !std::holds_alternative<Done>(task.fate)) sweep(task.active->claim);
    s_.announcer.announce(outcome->events);
    s_.dispatcher.offer(outcome->ready);
    if (outcome->has_ready) s_.dispatcher.nudge();
    if (outcome->buried)
        consumer_.reject(task.delivery, reason_of(*outcome));
    else
        consumer_.ack(task.delivery);
}

/// What a voided claim wrote nobody will read.
void Reporter::sweep(const store::Claim& claim) {
    const auto left = s_.objects.list(result_prefix(claim) + "/");
    if (!left) return;
    for (const objects::ObjectInfo& object : *left)
        (void)s_.objects.remove(object.key);
}

}  // namespace atelier::runtime
