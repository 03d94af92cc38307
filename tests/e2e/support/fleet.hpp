#pragma once
// The fleet on this machine: atelier-api and workers as processes of their own over RabbitMQ and PostgreSQL.

#include <list>
#include <memory>
#include <optional>

#include "tests/e2e/support/client.hpp"
#include "tests/e2e/support/process.hpp"
#include "tests/e2e/support/sql.hpp"

namespace atelier::e2e {

class Fleet {
  public:
    /// The API and one worker of each stage; `adaptation` of that stage. Nothing, and the test says that
    /// it is skipped, when ATELIER_TEST_AMQP_URL or ATELIER_TEST_POSTGRESQL_URL is not set. Queues are
    /// emptied first.
    static std::unique_ptr<Fleet> start(int adaptation = 1);

    Client user() const;
    Sql sql() const { return Sql(database_.url()); }
    Process& add_worker(const std::string& stage);
    std::list<Process>& workers() { return workers_; }
    /// The worker process that holds a claim, as the tasks table names it (`adaptation@host:pid`).
    Process* holder(const std::string& worker);
    Process& api() { return *api_; }

    /// What every program of the fleet gets, also atelierctl.
    const Environment& environment() const { return environment_; }
    std::string logs() const;

  private:
    Fleet(std::string database_url, std::string broker_url);

    TempFolder folder_;
    OwnDatabase database_;
    Environment environment_;
    std::string url_;
    std::unique_ptr<Process> api_;
    std::list<Process> workers_;
};

/// Kills RabbitMQ and starts it again on its data, by ATELIER_TEST_RABBITMQ_RESTART. False when that is not
/// set.
bool crash_rabbitmq();

}  // namespace atelier::e2e
