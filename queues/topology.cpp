#include "queues/topology.hpp"

#include <fmt/format.h>

namespace atelier::queues {
namespace {

/// At-least-once dead-lettering works only together with reject-publish; without it RabbitMQ silently falls
/// back to at-most-once and loses messages.
std::vector<Argument> work_arguments(const BrokerSettings& settings, Stage stage) {
    return {{"x-queue-type", "quorum"},
            {"x-overflow", "reject-publish"},
            {"x-max-length", settings.max_length},
            {"x-dead-letter-exchange", dead_exchange(settings.prefix)},
            {"x-dead-letter-routing-key", std::string(to_string(stage))},
            {"x-dead-letter-strategy", "at-least-once"},
            {"x-delivery-limit", settings.delivery_limit}};
}

}  // namespace

Topology topology(const BrokerSettings& settings) {
    const std::string& prefix = settings.prefix;
    Topology table;
    table.exchanges = {{tasks_exchange(prefix), "direct"},
                       {dead_exchange(prefix), "direct"},
                       {events_exchange(prefix), "topic"},
                       {control_exchange(prefix), "fanout"}};
    for (Stage stage : kStages) {
        // The dead-letter queue comes first: a work queue must never have a place to bury that does not
        // exist.
        table.queues.push_back({dead_queue(prefix, stage),
                                dead_exchange(prefix),
                                std::string(to_string(stage)),
                                {{"x-queue-type", "quorum"}}});
        for (Lane lane : kLanes)
            table.queues.push_back({work_queue(prefix, stage, lane), tasks_exchange(prefix),
                                    work_key(stage, lane), work_arguments(settings, stage)});
    }
    return table;
}

std::vector<Argument> subscriber_arguments() {
    return {{"x-max-length", kSubscriberMaxLength}, {"x-overflow", "drop-head"}};
}

std::string tasks_exchange(std::string_view prefix) {
    return fmt::format("{}.tasks", prefix);
}
std::string dead_exchange(std::string_view prefix) {
    return fmt::format("{}.dead", prefix);
}
std::string events_exchange(std::string_view prefix) {
    return fmt::format("{}.events", prefix);
}
std::string control_exchange(std::string_view prefix) {
    return fmt::format("{}.control", prefix);
}
std::string work_queue(std::string_view prefix, Stage stage, Lane lane) {
    return fmt::format("{}.{}.{}", prefix, to_string(stage), to_string(lane));
}
std::string dead_queue(std::string_view prefix, Stage stage) {
    return fmt::format("{}.{}.dead", prefix, to_string(stage));
}
std::string work_key(Stage stage, Lane lane) {
    return fmt::format("{}.{}", to_string(stage), to_string(lane));
}

}  // namespace atelier::queues
