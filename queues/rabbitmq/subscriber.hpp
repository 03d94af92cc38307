#pragma once
// A process's own queue on the event or control exchange. Private to queues/rabbitmq.

#include <functional>
#include <memory>
#include <string>

#include "queues/broker.hpp"
#include "queues/rabbitmq/endpoint.hpp"

namespace atelier::queues::rabbitmq {

struct SubscriberHandlers {
    std::function<void(std::string_view routing_key, std::string_view payload)> on_message;
    std::function<void()> on_gap;  ///< after a reconnection, when listening again; may be empty
};

/// `settings` must outlive it. Waits at most `connect_timeout` for the binding; later it keeps trying.
std::unique_ptr<Subscription> open_subscriber(const Endpoint& endpoint, const BrokerSettings& settings,
                                              std::string exchange, SubscriberHandlers handlers);

}  // namespace atelier::queues::rabbitmq
