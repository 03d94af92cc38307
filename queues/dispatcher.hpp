#pragma once
// Publishes ready tasks, and takes back what was lost: the only writer of work queues.
//
// Every process that accepts jobs or finishes tasks runs one. New tasks come straight from the transaction
// that made them (offer); what nobody offered, retries that fall due and what a dead process left are found
// in the database, shared among dispatchers by SKIP LOCKED. A batch is reserved for a while, published with
// no transaction open (a slow broker keeps nobody from the database) and marked queued after the confirms.
// Dying in between only repeats the messages, once the reservation is over.

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
#include "queues/lifecycle/lifecycle.hpp"

namespace atelier::queues {

struct DispatcherSettings {
    int batch = 250;                               ///< tasks a transaction
    std::chrono::milliseconds poll{500};           ///< for retries that fall due and nudges that were missed
    std::chrono::milliseconds reserve = kReserve;  ///< longer than the broker takes to answer a batch
    std::chrono::milliseconds reap_every{15'000};
    std::chrono::milliseconds forgotten_after{180'000};  ///< queued and unclaimed for longer goes out again
    std::chrono::milliseconds backoff{1'000};            ///< a full queue is tried again after this
};

class Dispatcher {
  public:
    /// Starts two threads: dispatch and reap. The references must outlive it.
    Dispatcher(DispatcherSettings settings, store::Database& db, Broker& broker, Announcer& announcer);
    /// As stop().
    ~Dispatcher();

    /// Publishes these, which a committed transaction has made and reserved. Any thread, cheap.
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
    Result<void> note_outcomes(const std::vector<store::Dispatchable>& tasks,
                               const std::vector<PublishOutcome>& outcomes);

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
