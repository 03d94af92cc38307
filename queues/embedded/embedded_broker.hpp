#pragma once
// The broker of the one-process mode. It keeps no journal: the tasks table fills it again at start.

#include <memory>

#include "queues/broker.hpp"

namespace atelier::queues::embedded {

/// `settings` must have passed its check.
std::unique_ptr<Broker> open_embedded_broker(const BrokerSettings& settings);

}  // namespace atelier::queues::embedded
