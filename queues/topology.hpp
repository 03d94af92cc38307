#pragma once
// Every exchange and queue of Atelier with its arguments, as data: the RabbitMQ side declares this table, the
// embedded broker follows its limits, and people read it.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "queues/broker.hpp"
#include "queues/stage.hpp"

namespace atelier::queues {

struct Argument {
    std::string_view key;
    std::variant<std::string, int> value;
    bool operator==(const Argument&) const = default;
};

struct Exchange {
    std::string name;
    std::string_view type;  ///< `direct`, `topic` or `fanout`; all are durable
};

/// A durable queue and the one binding that feeds it.
struct Queue {
    std::string name;
    std::string exchange;
    std::string routing_key;
    std::vector<Argument> arguments;  ///< a queue that exists with others refuses the declaration (406)
};

struct Topology {
    std::vector<Exchange> exchanges;
    std::vector<Queue> queues;
};

/// The whole table. `max_length` and `delivery_limit` of the settings become arguments, so changing them on
/// an existing installation needs the queues to be deleted first (while empty).
Topology topology(const BrokerSettings& settings);

/// A subscriber of the event or control exchange: exclusive to its connection, gone with it. A reader that
/// does not keep up loses the oldest events and reads them from the database.
std::vector<Argument> subscriber_arguments();
inline constexpr int kSubscriberMaxLength = 10'000;

std::string tasks_exchange(std::string_view prefix);
std::string dead_exchange(std::string_view prefix);
std::string events_exchange(std::string_view prefix);
std::string control_exchange(std::string_view prefix);
std::string work_queue(std::string_view prefix, Stage stage, Lane lane);
std::string dead_queue(std::string_view prefix, Stage stage);
/// Of a work queue in the tasks exchange: "<stage>.<lane>".
std::string work_key(Stage stage, Lane lane);

}  // namespace atelier::queues
