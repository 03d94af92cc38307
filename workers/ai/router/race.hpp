#pragma once
// Calls side by side, each in a thread of its own.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "common/async/stop_token.hpp"
#include "workers/ai/router/outcome.hpp"

namespace atelier::ai {

/// Used by one thread. Its end waits for all calls, which it asks to stop.
class Race {
  public:
    /// `outer` stops them too.
    explicit Race(const async::StopToken& outer);
    ~Race();
    Race(const Race&) = delete;
    Race& operator=(const Race&) = delete;

    void start(std::function<Outcome(const async::StopToken& stop)> call);
    /// The place of one that has ended and was not yet given, in the order of the starts; waits for it.
    std::size_t next();
    /// The same; nothing when none ends in time.
    std::optional<std::size_t> next_within(std::chrono::milliseconds patience);
    Outcome take(std::size_t place) { return std::move(*outcomes_.at(place)); }
    void cancel() { stop_.request_stop(); }

  private:
    async::StopSource stop_;
    async::StopCallback<std::function<void()>> passing_on_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::deque<std::optional<Outcome>> outcomes_;  ///< by place; references to its elements stay valid
    std::deque<std::size_t> finished_;
    std::vector<std::jthread> threads_;  ///< the last: they use the others
};

}  // namespace atelier::ai
