#pragma once
// Runs one stage: pulls its tasks, claims, works, reports, settles. The only code that settles a message.
//
//   next → claim → step → finish | fail → announce → nudge the dispatcher → ack | reject
//
// `slots` threads work on one task each; one more keeps their leases. Commit before ack: a crash between the
// two redelivers, and claim() refuses the duplicate. stop() drains: nothing new is taken, tasks under way may
// finish for `drain`, the rest is given back without counting the attempt.

#include <chrono>
#include <memory>
#include <string>

#include "common/metrics/registry.hpp"
#include "queues/broker.hpp"
#include "queues/dispatcher.hpp"
#include "queues/events.hpp"
#include "workers/runtime/step.hpp"

namespace atelier::runtime {

struct WorkerSettings {
    int slots = 2;
    std::chrono::milliseconds lease{30'000};  ///< a claim without a heartbeat for this long may be taken back
    std::chrono::milliseconds drain{25'000};
    std::string name;  ///< who holds a claim: `adaptation@host:pid`; made up when empty
};

/// What a worker works with; all must outlive it.
struct WorkerServices {
    store::Database& db;
    queues::Broker& broker;
    objects::ObjectStore& objects;
    queues::Dispatcher& dispatcher;
    queues::Announcer& announcer;
    metrics::Registry& metrics;
};

class Worker {
  public:
    /// Starts working at once.
    Worker(WorkerSettings settings, queues::Stage stage, StepTable steps, WorkerServices services);
    /// As stop().
    ~Worker();
    Worker(const Worker&) = delete;

    /// Drains; returns when no thread works any more. Safe to call twice.
    void stop();
    /// Tasks under way.
    int busy() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::runtime
