#pragma once
// A RabbitMQ and a PostgreSQL of one test case's own (ops/lib/services), for what the shared ones must not
// suffer.

#include <string>

#include "tests/e2e/support/process.hpp"

namespace atelier::faults {

class PrivateServices {
  public:
    /// Each server keeps its data in the folder given for it. Throws when one does not start.
    PrivateServices(const std::string& postgresql_folder, const std::string& rabbitmq_folder);
    ~PrivateServices();
    PrivateServices(const PrivateServices&) = delete;

    /// Starts again what has died, and waits for it.
    void revive();
    const std::string& database_url() const { return database_url_; }
    const std::string& broker_url() const { return broker_url_; }

  private:
    e2e::TempFolder folder_;
    std::string database_url_, broker_url_;
};

/// RabbitMQ's own tool, run against the node of ATELIER_TEST_AMQP_URL. False when
/// ATELIER_TEST_RABBITMQ_RESTART does not tell how to reach it; throws when the tool fails.
bool control_rabbitmq(const std::string& arguments);

}  // namespace atelier::faults
