#pragma once
// Which broker the contract of broker_contract.cpp is held against: each test program links one answer.

#include <memory>
#include <optional>

#include "queues/broker.hpp"

namespace atelier::tests {

/// Settings with a prefix of its own and limits small enough to reach; nothing when this machine offers no
/// such broker.
std::optional<queues::BrokerSettings> contract_settings();
/// Deletes what the settings' broker keeps outside of this process.
void remove_leftovers(const queues::BrokerSettings& settings);

}  // namespace atelier::tests
