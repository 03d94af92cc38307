#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>

#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "tests/contract/broker_contract.hpp"

namespace atelier::tests {

std::optional<queues::BrokerSettings> contract_settings() {
    const char* url = std::getenv("ATELIER_TEST_AMQP_URL");
    if (!url || !*url) {
        MESSAGE("skipped: ATELIER_TEST_AMQP_URL names no RabbitMQ (ops/test starts one)");
        return std::nullopt;
    }
    static int opened = 0;
    queues::BrokerSettings settings;
    settings.url = url;
    settings.prefix = "test-" + std::to_string(getpid()) + "-" + std::to_string(++opened);
    settings.max_length = 20;
    settings.delivery_limit = 3;
    return settings;
}

void remove_leftovers(const queues::BrokerSettings& settings) {
    CHECK(queues::rabbitmq::remove_topology(settings).has_value());
}

}  // namespace atelier::tests
