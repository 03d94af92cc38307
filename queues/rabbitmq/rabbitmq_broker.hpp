#pragma once
// The broker of the fleet: RabbitMQ 3.10 or newer, with the topology of queues/topology.hpp.

#include <memory>

#include "queues/broker.hpp"
#include "queues/rabbitmq/endpoint.hpp"

namespace atelier::queues::rabbitmq {

/// `settings` must have passed its check. Errors as open_broker.
Result<std::unique_ptr<Broker>> open_rabbitmq_broker(const BrokerSettings& settings);

/// Deletes every exchange and queue of the prefix, with all messages. For tests and for taking an
/// installation down.
Result<> remove_topology(const BrokerSettings& settings);

}  // namespace atelier::queues::rabbitmq
