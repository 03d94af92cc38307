#pragma once
// Queue depths as gauges, read from the broker when somebody looks at the metrics. Thread-safe.

#include <chrono>
#include <mutex>

#include "common/metrics/registry.hpp"
#include "queues/broker.hpp"

namespace atelier::api {

class QueueGauges {
  public:
    /// Asks the broker at most every five seconds and never for two scrapes at once; a broker that is away
    /// leaves the last figures.
    void refresh(queues::Broker& broker, metrics::Registry& registry);

  private:
    std::mutex mutex_;
    std::chrono::steady_clock::time_point next_{};
};

}  // namespace atelier::api
