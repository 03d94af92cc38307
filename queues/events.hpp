#pragma once
// The progress bus: what a committed transaction changed, told to every process that has watchers. Only a
// hint: whoever misses it reads job_events.

#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/store/events.hpp"
#include "queues/broker.hpp"

namespace atelier::queues {

/// Publishes on the broker's bus. Thread-safe; never fails, since nothing depends on it.
class Announcer {
  public:
    explicit Announcer(Broker& broker) : broker_(broker) {}
    void announce(const store::JobEvent& event);
    void announce(const std::vector<store::JobEvent>& events);
    /// Workers that hold tasks of the job look at their claims now.
    void announce_cancel(const JobId& job);

  private:
    Broker& broker_;
};

/// The job that a control message cancels, if it is one of those.
std::optional<JobId> cancelled_job(std::string_view control_payload);

}  // namespace atelier::queues
