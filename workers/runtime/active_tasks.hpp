#pragma once
// The tasks that this process works on now, and the thread that keeps their leases.
//
// A heartbeat that finds its claim void (cancelled, fenced off) tells the step to stop. A task past its
// deadline is told to stop too and gets no more heartbeats, so that even a step that does not listen loses
// its task.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>

#include "common/async/periodic_task.hpp"
#include "common/async/stop_token.hpp"
#include "common/store/database.hpp"
#include "common/store/tasks.hpp"

namespace atelier::runtime {

struct ActiveTask {
    store::Claim claim;
    std::chrono::steady_clock::time_point deadline;
    async::StopSource stop = {};
    std::atomic<double> progress{0};
    std::atomic<bool> is_void{false};  ///< the claim is lost: drop the outcome
    std::atomic<bool> is_late{false};  ///< the deadline is past
};

/// Thread-safe.
class ActiveTasks {
  public:
    ActiveTasks(store::Database& db, std::chrono::milliseconds lease);
    ~ActiveTasks();

    std::shared_ptr<ActiveTask> add(store::Claim claim, std::chrono::seconds deadline);
    void remove(const std::vector<std::shared_ptr<ActiveTask>>& tasks);
    /// Looks at the claims now: somebody says that this job was cancelled.
    void check_now(const JobId& job);
    /// Tells every step to stop, also those that are added from now on.
    void stop_all();
    int count() const;
    /// Returns once tasks were removed, or after `limit`.
    void wait_for_change(std::chrono::milliseconds limit);

  private:
    void beat();

    store::Database& db_;
    std::chrono::milliseconds lease_;
    mutable std::mutex mutex_;
    std::condition_variable removed_;
    std::list<std::shared_ptr<ActiveTask>> tasks_;
    bool stopped_ = false;
    std::unique_ptr<async::PeriodicTask> heart_;
};

}  // namespace atelier::runtime
