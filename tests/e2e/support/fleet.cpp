#include "tests/e2e/support/fleet.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <stdexcept>

#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "tests/e2e/support/standalone.hpp"

namespace atelier::e2e {
namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

std::unique_ptr<Fleet> Fleet::start(int adaptation) {
    const std::string broker = from_environment("ATELIER_TEST_AMQP_URL"),
                      database = from_environment("ATELIER_TEST_POSTGRESQL_URL");
    if (broker.empty() || database.empty()) {
        MESSAGE(
            "skipped: ATELIER_TEST_AMQP_URL and ATELIER_TEST_POSTGRESQL_URL name no servers (ops/test starts "
            "them)");
        return nullptr;
    }
    if (auto removed = queues::rabbitmq::remove_topology({.url = broker}); !removed)
        throw std::runtime_error(removed.error().message);
    std::unique_ptr<Fleet> fleet(new Fleet(database, broker));
    for (const char* stage : {"analysis", "generation", "moderation"})
        fleet->add_worker(stage);
    for (int i = 0; i < adaptation; ++i)
        fleet->add_worker("adaptation");
    return fleet;
}

Fleet::Fleet(std::string database_url, std::string broker_url) : database_(std::move(database_url)) {
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    url_ = "http://" + address;
    environment_ = {{"ATELIER_DATABASE_URL", database_.url()},
                    {"ATELIER_BROKER_URL", std::move(broker_url)},
                    {"ATELIER_OBJECTS_URL", "file://" + (folder_ / "objects")},
                    {"ATELIER_SECRET_KEY", std::string(40, 's')},
                    {"ATELIER_PUBLIC_URL", url_},
                    {"ATELIER_LISTEN", address},
                    {"ATELIER_RATE_FACTOR", "0"},
                    {"ATELIER_LEASE_S", "3"}};
    api_ = std::make_unique<Process>(std::vector{program("atelier-api")}, environment_, folder_ / "api.log");
    wait_healthy(url_, *api_);
}

Process& Fleet::add_worker(const std::string& stage) {
    const std::string log = folder_ / (stage + std::to_string(workers_.size()) + ".log");
    return workers_.emplace_back(std::vector{program("atelier-" + stage)}, environment_, log);
}

Process* Fleet::holder(const std::string& worker) {
    for (Process& process : workers_)
        if (worker.ends_with(":" + std::to_string(process.pid()))) return &process;
    return nullptr;
}

Client Fleet::user() const {
    Client client(url_);
    client.sign_up();
    return client;
}

std::string Fleet::logs() const {
    std::string all = "api:\n" + api_->log();
    for (const Process& process : workers_)
        all += "\nworker " + std::to_string(process.pid()) + ":\n" + process.log();
    return all;
}

bool crash_rabbitmq() {
    const std::string command = from_environment("ATELIER_TEST_RABBITMQ_RESTART");
    if (command.empty()) return false;
    if (std::system(command.c_str()) != 0) throw std::runtime_error("RabbitMQ did not come back");
    return true;
}

}  // namespace atelier::e2e
