#include "api/handlers/service/queue_gauges.hpp"

namespace atelier::api {
namespace {

constexpr std::chrono::seconds kEvery{5};

void publish(const queues::StageDepth& depth, metrics::Registry& registry) {
    const std::string_view stage = to_string(depth.stage);
    const auto count = [&](std::string_view lane, std::size_t messages) {
        registry.set(metrics::Gauge::queue_messages, {stage, lane}, static_cast<double>(messages));
    };
    count("primary", depth.primary);
    count("priority", depth.priority);
    count("dead", depth.dead);
    registry.set(metrics::Gauge::queue_consumers, {stage, "primary"}, static_cast<double>(depth.consumers));
}

}  // namespace

void QueueGauges::refresh(queues::Broker& broker, metrics::Registry& registry) {
    std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || std::chrono::steady_clock::now() < next_) return;
    if (const auto depths = broker.depths())
        for (const queues::StageDepth& depth : *depths)
            publish(depth, registry);
    next_ = std::chrono::steady_clock::now() + kEvery;
}

}  // namespace atelier::api
