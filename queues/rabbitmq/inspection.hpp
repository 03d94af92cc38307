#pragma once
// Looking into queues: depths and dead letters. Each call uses a connection of its own on the caller's
// thread, so that a slow look disturbs nobody. Private to queues/rabbitmq.

#include "queues/broker.hpp"
#include "queues/rabbitmq/endpoint.hpp"

namespace atelier::queues::rabbitmq {

Result<Depths> read_depths(const Endpoint& endpoint, const BrokerSettings& settings);
Result<std::vector<DeadLetter>> browse_dead(const Endpoint& endpoint, const BrokerSettings& settings,
                                            Stage stage, std::size_t limit);
Result<std::size_t> take_dead(const Endpoint& endpoint, const BrokerSettings& settings, Stage stage,
                              const std::function<bool(const DeadLetter&)>& wanted, std::size_t limit);

}  // namespace atelier::queues::rabbitmq
