#pragma once
// Whose turn it is when both lanes of a stage have work: eight times priority, then once primary, so nothing
// starves.

#include "queues/stage.hpp"

namespace atelier::queues {

class LaneTurn {
  public:
    static constexpr int kPriorityRun = 8;

    /// The lane to take from; call only when at least one has work. Not synchronised.
    Lane choose(bool primary_waits, bool priority_waits) {
        if (!primary_waits) return Lane::priority;  // nobody was kept waiting: the run does not count
        const Lane lane = priority_waits && run_ < kPriorityRun ? Lane::priority : Lane::primary;
        run_ = lane == Lane::priority ? run_ + 1 : 0;
        return lane;
    }

  private:
    int run_ = 0;
};

}  // namespace atelier::queues
