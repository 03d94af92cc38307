#include "tests/contract/broker_contract.hpp"

namespace atelier::tests {

std::optional<queues::BrokerSettings> contract_settings() {
    queues::BrokerSettings settings;
    settings.max_length = 20;
    settings.delivery_limit = 3;
    return settings;
}

void remove_leftovers(const queues::BrokerSettings&) {}

}  // namespace atelier::tests
