#pragma once
// How far a job is, for a person: one line that redraws itself on a terminal, plain lines elsewhere.

#include <chrono>
#include <string>

#include "common/json/value.hpp"

namespace atelier::ctl {

class ProgressBar {
  public:
    /// `step` is the pipeline step that ends one of the `total` things (0: their number is not known).
    ProgressBar(std::string step, std::string things, int total);

    /// One event of the job, in order.
    void show(const json::Value& event);
    /// The line that stays: how it ended and how long it took.
    void finish(const json::Value& last_event);
    double seconds() const;

  private:
    std::string counted() const;
    void draw();
    void tell();

    std::string step_, things_, phase_;
    int total_, done_ = 0, percent_ = 0, told_percent_ = -1;
    std::string told_phase_;
    bool terminal_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace atelier::ctl
