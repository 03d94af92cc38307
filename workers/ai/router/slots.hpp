#pragma once
// How many calls of one provider this process has under way.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "common/async/stop_token.hpp"

namespace atelier::ai {

/// Thread-safe.
class Slots {
  public:
    explicit Slots(int count) : free_(count) {}

    /// One slot; given back at its end. Must end before the Slots.
    class Slot {
      public:
        explicit Slot(Slots& slots) : slots_(&slots) {}
        Slot(Slot&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot() {
            if (slots_) slots_->give_back();
        }

      private:
        Slots* slots_;
    };

    /// Nothing when none came free in time or `stop` was requested.
    std::optional<Slot> acquire(std::chrono::milliseconds patience, const async::StopToken& stop);

  private:
    void give_back();

    std::mutex mutex_;
    std::condition_variable_any freed_;
    int free_;
};

}  // namespace atelier::ai
