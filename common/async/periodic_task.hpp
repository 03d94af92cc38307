#pragma once
// One thread that calls a function again and again: the dispatcher, the reaper, heartbeats, sweepers.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace atelier::async {

class PeriodicTask {
  public:
    struct Options {
        std::string name;                    ///< for logs and as the thread's name
        std::chrono::milliseconds interval;  ///< pause between the end of a run and the next start
        double jitter = 0.1;  ///< each pause is drawn from interval × (1 ± jitter), so fleets spread out
        bool run_at_start = true;  ///< otherwise the first run comes after a pause
    };

    /// Calls `work` until stopped, never twice at once. What it throws is logged; the next run comes as
    /// usual.
    PeriodicTask(Options options, std::function<void()> work);
    /// As stop().
    ~PeriodicTask();
    PeriodicTask(const PeriodicTask&) = delete;
    PeriodicTask& operator=(const PeriodicTask&) = delete;

    /// Ends the pause now. During a run it asks for one more right after; several nudges melt into one. Any
    /// thread.
    void nudge();
    /// Waits for the run under way, then returns; no run follows. Safe to call twice. Called by `work` itself
    /// it only asks to stop.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace atelier::async
