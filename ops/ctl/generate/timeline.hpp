#pragma once
// When each phase of a job began and ended, from its events.

#include <chrono>
#include <string>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::ctl {

class Timeline {
  public:
    /// An event that has just arrived, in order.
    void add(const json::Value& event);
    /// One line a step: its name, when its first and last task ended, how many there were.
    std::string table() const;

  private:
    struct Row {
        std::string step;
        double first = 0, last = 0;  ///< seconds since the job was asked for
        int tasks = 0;
    };
    std::vector<Row> rows_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    double end_ = 0;
};

}  // namespace atelier::ctl
