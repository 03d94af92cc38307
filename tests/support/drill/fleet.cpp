#include "tests/support/drill/fleet.hpp"

#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "queues/rabbitmq/rabbitmq_broker.hpp"
#include "tests/e2e/support/standalone.hpp"

namespace atelier::drill {
namespace {

using Clock = std::chrono::steady_clock;

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

bool run_command_of(const char* variable) {
    const std::string command = from_environment(variable);
    if (command.empty()) return false;
    if (std::system((command + " >/dev/null").c_str()) != 0)
        throw std::runtime_error("the server did not come back: " + command);
    return true;
}

e2e::Environment merged(e2e::Environment base, const e2e::Environment& more) {
    for (const auto& [name, value] : more)
        base[name] = value;
    return base;
}

}  // namespace

std::unique_ptr<Fleet> Fleet::start(FleetSettings settings) {
    if (from_environment("ATELIER_TEST_AMQP_URL").empty() ||
        from_environment("ATELIER_TEST_POSTGRESQL_URL").empty())
        return nullptr;
    const int workers = settings.workers;
    std::unique_ptr<Fleet> fleet(new Fleet(std::move(settings)));
    for (int i = 0; i < workers; ++i)
        fleet->add_worker();
    return fleet;
}

Fleet::Fleet(FleetSettings settings) : broker_url_(from_environment("ATELIER_TEST_AMQP_URL")) {
    if (auto removed = queues::rabbitmq::remove_topology({.url = broker_url_}); !removed)
        throw std::runtime_error(removed.error().message);
    if (settings.database_url.empty()) {
        database_ = std::make_unique<e2e::OwnDatabase>(from_environment("ATELIER_TEST_POSTGRESQL_URL"));
        settings.database_url = database_->url();
    }
    database_url_ = settings.database_url;
    objects_folder_ = settings.objects_url.empty() ? folder_ / "objects" : settings.objects_folder;
    address_ = "127.0.0.1:" + std::to_string(e2e::free_port());
    url_ = "http://" + address_;
    environment_ =
        merged({{"ATELIER_DATABASE_URL", database_url_},
                {"ATELIER_BROKER_URL", settings.broker_url.empty() ? broker_url_ : settings.broker_url},
                {"ATELIER_OBJECTS_URL",
                 settings.objects_url.empty() ? "file://" + objects_folder_ : settings.objects_url},
                {"ATELIER_SECRET_KEY", std::string(40, 's')},
                {"ATELIER_RATE_FACTOR", "0"},
                {"ATELIER_SIGNUP_CREDITS", "100000000"},
                {"ATELIER_SLOTS", std::to_string(settings.slots)},
                {"ATELIER_LEASE_S", std::to_string(settings.lease_s)}},
               settings.more);
    start_api();
}

Fleet::~Fleet() = default;

e2e::Client Fleet::customer() const {
    e2e::Client client(url_);
    client.sign_up();
    return client;
}

void Fleet::start_api(const e2e::Environment& more) {
    api_.reset();
    api_ = std::make_unique<e2e::Process>(std::vector{e2e::program("atelier-drill-api")},
                                          merged(merged(environment_, {{"ATELIER_LISTEN", address_}}), more),
                                          folder_ / "api.log");
    e2e::wait_healthy(url_, *api_);
}

e2e::Process& Fleet::add_api(std::string& url, const e2e::Environment& more) {
    const std::string address = "127.0.0.1:" + std::to_string(e2e::free_port());
    url = "http://" + address;
    e2e::Process& api =
        more_apis_.emplace_back(std::vector{e2e::program("atelier-drill-api")},
                                merged(merged(environment_, {{"ATELIER_LISTEN", address}}), more),
                                folder_ / ("api" + std::to_string(++made_) + ".log"));
    e2e::wait_healthy(url, api);
    return api;
}

e2e::Process& Fleet::add_worker(const e2e::Environment& more, const std::vector<std::string>& wrapper) {
    std::vector<std::string> command = wrapper;
    command.push_back(e2e::program("atelier-drill-worker"));
    return workers_.emplace_back(command, merged(environment_, more),
                                 folder_ / ("worker" + std::to_string(++made_) + ".log"));
}

void Fleet::forget(const e2e::Process& worker) {
    workers_.remove_if([&](const e2e::Process& known) { return &known == &worker; });
}

double Fleet::stop_workers() {
    const auto start = Clock::now();
    for (e2e::Process& worker : workers_)
        worker.send(SIGTERM);
    for (e2e::Process& worker : workers_) {
        const auto code = worker.wait(seconds(35));
        if (code != 0)
            throw std::runtime_error("a worker ended with " + std::to_string(code.value_or(-1)) + ":\n" +
                                     worker.log());
    }
    workers_.clear();
    return seconds_since(start);
}

long long Fleet::count(const std::string& query, long long otherwise) const {
    try {
        return std::stoll(sql().value(query));
    } catch (const std::exception&) {
        return otherwise;
    }
}

bool Fleet::all_ended(seconds patience) const {
    return e2e::eventually(patience, [&] {
        return count("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')") == 0;
    });
}

bool Fleet::queues_drained(seconds patience) const {
    const auto broker = queues::open_broker({.url = broker_url_});
    if (!broker) throw std::runtime_error(broker.error().message);
    return e2e::eventually(patience, [&] {
        const auto depths = (*broker)->depths();
        return depths && std::all_of(depths->begin(), depths->end(), [](const queues::StageDepth& depth) {
                   return depth.primary + depth.priority == 0;
               });
    });
}

std::string Fleet::worker_logs() const {
    std::string all;
    for (const e2e::Process& worker : workers_)
        all += "worker " + std::to_string(worker.pid()) + ":\n" + worker.log();
    return all;
}

bool crash_rabbitmq() {
    return run_command_of("ATELIER_TEST_RABBITMQ_RESTART");
}

bool crash_postgresql() {
    return run_command_of("ATELIER_TEST_POSTGRESQL_RESTART");
}

}  // namespace atelier::drill
