#pragma once
// Cooperative cancellation: the standard's stop tokens under our names, and a sleep that they end.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace atelier::async {

/// `request_stop()` once; every token of it then answers `stop_requested()`. Copies share one state. Any
/// thread.
using StopSource = std::stop_source;
using StopToken = std::stop_token;
/// Calls a function at the moment of the request (or at once when it is already past), in the requester's
/// thread.
template <class F>
using StopCallback = std::stop_callback<F>;

/// Sleeps for `pause`, or until `token` is told to stop. True when the whole pause went by.
inline bool sleep_for(const StopToken& token, std::chrono::milliseconds pause) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, token, pause, [] { return false; });
    return !token.stop_requested();
}

}  // namespace atelier::async
