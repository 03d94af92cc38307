#pragma once
// Frees the threads that wait for a database server which fell silent: a black hole in the network, a stopped
// process. libpq waits for an answer without end, and the kernel sees nothing wrong while the peer's side
// still acknowledges bytes. Private to common/store.

#include <chrono>
#include <list>
#include <memory>
#include <mutex>

#include "common/async/periodic_task.hpp"

namespace atelier::store {

/// Thread-safe. The thread that looks starts with the first watched connection.
class Watchdog {
  public:
    explicit Watchdog(std::chrono::milliseconds patience);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;

  private:
    using Clock = std::chrono::steady_clock;
    struct Watched {
        int socket;
        Clock::time_point since;
        bool cut = false;
    };
    using Place = std::list<Watched>::iterator;

  public:
    /// While this lives, a connection that received nothing for `patience` is shut down: whoever waits for it
    /// reads its end. Must end before the descriptor is closed.
    class Watch {
      public:
        Watch(Watchdog& watchdog, int socket);
        ~Watch();
        Watch(const Watch&) = delete;

      private:
        Watchdog& watchdog_;
        Place place_;
    };

  private:
    void look();

    const std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::list<Watched> watched_;
    std::unique_ptr<async::PeriodicTask> looking_;
};

}  // namespace atelier::store
