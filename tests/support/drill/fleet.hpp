#pragma once
// A fleet of drill programs on this machine, over the RabbitMQ and PostgreSQL of the ATELIER_TEST_*
// environment: started, killed, frozen and stopped one by one. Start processes from one thread that outlives
// them (the test's main thread): they die with the thread that made them.

#include <list>
#include <memory>
#include <optional>
#include <string>

#include "tests/e2e/support/client.hpp"
#include "tests/e2e/support/process.hpp"
#include "tests/e2e/support/sql.hpp"

namespace atelier::drill {

using std::chrono::seconds;

struct FleetSettings {
    int workers = 2;
    int slots = 4;
    int lease_s = 3;                  ///< the smallest that the settings allow
    e2e::Environment more = {};       ///< overrules what the fleet sets itself, for every program
    std::string broker_url = {};      ///< empty: ATELIER_TEST_AMQP_URL; a proxy's, for example
    std::string database_url = {};    ///< empty: a database of the fleet's own; otherwise that very one
    std::string objects_url = {};     ///< empty: a folder of the fleet's own
    std::string objects_folder = {};  ///< of `objects_url`, for the audit
};

class Fleet {
  public:
    /// One API and the workers, ready; all queues are empty. Nothing when ATELIER_TEST_AMQP_URL or
    /// ATELIER_TEST_POSTGRESQL_URL is not set.
    static std::unique_ptr<Fleet> start(FleetSettings settings = {});
    ~Fleet();

    const std::string& url() const { return url_; }
    /// An organization with 100 million credits and a token of 30 minutes.
    e2e::Client customer() const;

    e2e::Process& api() { return *api_; }
    /// Kills the API if it runs, starts it on the same address and waits until it is healthy. With
    /// ATELIER_TEST_DIE_BEFORE_REPLY=N it kills itself in place of sending its N-th `202`: committed, never
    /// told.
    void start_api(const e2e::Environment& more = {});
    /// Another API on an address of its own, beside the first; its URL by `url`.
    e2e::Process& add_api(std::string& url, const e2e::Environment& more = {});

    std::list<e2e::Process>& workers() { return workers_; }
    /// The words before the program's name wrap it: {"/usr/bin/faketime", "+10m"}.
    e2e::Process& add_worker(const e2e::Environment& more = {}, const std::vector<std::string>& wrapper = {});
    /// Removes a worker from the list; kills it if it still runs.
    void forget(const e2e::Process& worker);
    /// SIGTERM to all workers, waits for their exits, forgets them. The slowest exit in seconds; throws when
    /// one does not end within 35 s or with another code than 0.
    double stop_workers();

    /// The database as the server knows it, past any proxy. A new connection each; throws while PostgreSQL is
    /// away.
    e2e::Sql sql() const { return e2e::Sql(database_url_); }
    /// The first number of the answer; `otherwise` while PostgreSQL is away.
    long long count(const std::string& query, long long otherwise = -1) const;
    /// Waits until no job is queued or running. False after `patience`.
    bool all_ended(seconds patience) const;
    /// Waits until nothing is ready for delivery in the work queues. False after `patience`.
    bool queues_drained(seconds patience) const;

    const std::string& database_url() const { return database_url_; }
    const std::string& broker_url() const { return broker_url_; }  ///< past any proxy
    const std::string& objects_folder() const { return objects_folder_; }
    const e2e::TempFolder& folder() const { return folder_; }
    const e2e::Environment& environment() const { return environment_; }
    std::string worker_logs() const;

  private:
    explicit Fleet(FleetSettings settings);

    e2e::TempFolder folder_;
    std::unique_ptr<e2e::OwnDatabase> database_;
    std::string broker_url_, database_url_, objects_folder_, address_, url_;
    e2e::Environment environment_;
    std::unique_ptr<e2e::Process> api_;
    std::list<e2e::Process> more_apis_, workers_;
    int made_ = 0;
};

/// kill -9, then started again on the same data and ports, by ATELIER_TEST_RABBITMQ_RESTART and
/// ATELIER_TEST_POSTGRESQL_RESTART. Returns when the server answers again. False when the variable is not
/// set.
bool crash_rabbitmq();
bool crash_postgresql();

}  // namespace atelier::drill
