#pragma once
// A counting semaphore that serves its waiters in the order they came, each with a deadline.

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

namespace atelier::store {

/// Thread-safe. Every successful enter() is followed by one leave().
class Turnstile {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    explicit Turnstile(int capacity) : free_(capacity) {}

    /// False when the deadline passes first.
    bool enter(Deadline deadline);
    void leave();

  private:
    struct Waiter {
        std::condition_variable turn;
        bool admitted = false;
    };
    std::mutex mutex_;
    std::list<Waiter*> waiting_;
    int free_;
};

}  // namespace atelier::store
