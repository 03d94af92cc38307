#pragma once
// Brings what steps made to the database, then settles their messages. Private to workers/runtime.
//
// One thread, so that tasks that end close to each other share a transaction: the busier a worker, the larger
// the batches.

#include <atomic>
#include <chrono>
#include <thread>

#include "common/async/channel.hpp"
#include "queues/lifecycle/lifecycle.hpp"
#include "workers/runtime/active_tasks.hpp"
#include "workers/runtime/worker.hpp"

namespace atelier::runtime {

/// A task whose step has ended.
struct WorkedTask {
    queues::Delivery delivery;
    std::shared_ptr<ActiveTask> active;
    StepFate fate;
};

class Reporter {
  public:
    /// The references must outlive it.
    Reporter(const WorkerServices& services, ActiveTasks& active, queues::Consumer& consumer);
    /// As stop().
    ~Reporter();

    /// Any thread; returns at once. The task leaves `active` once it and those reported with it are settled.
    void report(WorkedTask task);

    /// From now on tasks that did not succeed are given back, and nothing is tried again and again.
    void give_back() { gone_ = true; }
    /// Reports what is left, then ends. Safe to call twice.
    void stop();

    /// Repeats what failed only because the database was away, until it answers or the worker must go.
    template <class Call>
    std::invoke_result_t<Call> insist(Call call) {
        for (std::chrono::milliseconds pause(200);; pause = longer(pause)) {
            auto outcome = call();
            if (outcome || outcome.error().code != ErrorCode::unavailable || gone_) return outcome;
            std::this_thread::sleep_for(pause);
        }
    }

  private:
    using Outcome = Result<queues::Outcome>;

    void run();
    void settle_all(std::vector<WorkedTask> tasks);
    std::vector<Outcome> finish(const std::vector<WorkedTask*>& tasks);
    Outcome fail(const WorkedTask& task);
    Outcome refuse(const store::Claim& claim, const Error& why);
    void settle(const WorkedTask& task, const Outcome& outcome);
    void sweep(const store::Claim& claim);
    void count(const store::Claim& claim, std::string_view outcome, const Outcome& result);
    static std::chrono::milliseconds longer(std::chrono::milliseconds pause);

    const WorkerServices& s_;
    ActiveTasks& active_;
    queues::Consumer& consumer_;
    async::Channel<WorkedTask> worked_;
    std::atomic<bool> gone_{false};  ///< the drain time is over
    std::thread thread_;
};

}  // namespace atelier::runtime
