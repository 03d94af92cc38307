#pragma once
// Publishes ready tasks, and takes back what was lost: the only writer of work queues.
//
// Every process that accepts jobs or finishes tasks runs one. New tasks come straight from the transaction
// that made them (offer); what nobody offered, retries that fall due and what a dead process left are found
// in the database, shared among dispatchers by SKIP LOCKED. A task is queued in the database before it is
// published, with no transaction open (a slow broker keeps nobody from the database), and put back if the
// broker does not confirm it. Should the process die in between, the reaper sees that its queue has gone past
// it.

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "common/async/periodic_task.hpp"
#include "common/store/database.hpp"
#include "common/store/tasks.hpp"
#include "queues/broker.hpp"
#include "queues/events.hpp"

namespace atelier::queues {

struct DispatcherSettings {
    int batch = 250;                      ///< tasks a transaction
    std::chrono::milliseconds poll{500};  ///< for retries that fall due and nudges that were missed
    std::chrono::milliseconds reap_every{15'000};
    std::chrono::milliseconds forgotten_after{15'000};  ///< longer than the broker takes to answer a batch
    std::chrono::milliseconds backoff{1'000};           ///< a full queue is tried again after this
};

class Dispatcher {
  public:
    /// Starts two threads: dispatch and reap. The references must outlive it.
    Dispatcher(DispatcherSettings settings, store::Database& db, Broker& broker, Announcer& announcer);
    /// As stop().
    ~Dispatcher();

    /// Publishes these, which a committed transaction has queued. Any thread, cheap.
    void offer(std::vector<store::Dispatchable> tasks);
    /// There may be something ready in the database. Any thread, cheap.
    void nudge();
    void stop();

    /// One round of each, for tests and tools. dispatch_once returns how many tasks the broker took.
    Result<int> dispatch_once();
    Result<void> reap_once();

  private:
    void dispatch_all();
    std::vector<store::Dispatchable> take_offered();
    Result<std::vector<store::Dispatchable>> take_ready();
    bool should_look();
    /// How many of them the broker took.
    Result<int> send(const std::vector<store::Dispatchable>& tasks);
    Result<void> put_back(const std::vector<store::Dispatchable>& tasks);

    DispatcherSettings settings_;
    store::Database& db_;
    Broker& broker_;
    Announcer& announcer_;
    std::mutex mutex_;
    std::deque<store::Dispatchable> offered_;  ///< guarded by mutex_
    std::atomic<bool> nudged_ = true;
    std::chrono::steady_clock::time_point looked_at_{};  ///< the dispatching thread's
    std::unique_ptr<async::PeriodicTask> dispatching_, reaping_;
};

}  // namespace atelier::queues
