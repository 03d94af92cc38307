// A network that swallows everything and closes nothing.

#include <doctest/doctest.h>

#include <cstdlib>
#include <thread>

#include "tests/faults/steady_customer.hpp"
#include "tests/support/tcp_proxy.hpp"

using namespace atelier;
using namespace atelier::faults;
using std::chrono::seconds;

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kGoal = 2 * 10 + 5;  // two heartbeats and five seconds
constexpr seconds kConnecting{6};     // longer than one attempt to connect may take

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A server of a URL `scheme://user@host:port/rest`, also by way of a proxy.
class Detour {
  public:
    explicit Detour(const std::string& url)
        : begin_(url.find('@') + 1),
          end_(url.find('/', begin_)),
          colon_(url.rfind(':', end_)),
          proxy(url.substr(begin_, colon_ - begin_), std::stoi(url.substr(colon_ + 1))),
          url(url.substr(0, begin_) + "127.0.0.1:" + std::to_string(proxy.port()) + url.substr(end_)) {}

  private:
    const std::size_t begin_, end_, colon_;

  public:
    tests::TcpProxy proxy;
    const std::string url;
};

/// Whether every program has said `what` once more than when this was made.
class Noticing {
  public:
    Noticing(drill::Fleet& fleet, std::string what) : what_(std::move(what)) {
        programs_.push_back(&fleet.api());
        for (e2e::Process& worker : fleet.workers())
            programs_.push_back(&worker);
        for (const e2e::Process* program : programs_)
            before_.push_back(said(*program));
    }
    bool all() const {
        for (std::size_t i = 0; i < programs_.size(); ++i)
            if (said(*programs_[i]) <= before_[i]) return false;
        return true;
    }

  private:
    std::size_t said(const e2e::Process& program) const {
        const std::string log = program.log();
        std::size_t count = 0;
        for (auto at = log.find(what_); at != log.npos; at = log.find(what_, at + 1))
            ++count;
        return count;
    }

    const std::string what_;
    std::vector<const e2e::Process*> programs_;
    std::vector<std::size_t> before_;
};

/// One kind of connection in the hole, by way of a proxy.
class Hole {
  public:
    /// `noticed`: what each program's log says then.
    Hole(drill::Fleet& fleet, tests::TcpProxy& proxy, std::string noticed)
        : proxy_(proxy), noticing_(fleet, std::move(noticed)), begun_(Clock::now()) {
        proxy_.swallow();
    }

    /// Seconds until all have noticed.
    double noticed() const {
        CHECK(e2e::eventually(seconds(60), [&] { return noticing_.all(); }));
        return since(begun_);
    }
    /// In the full form the old connections stay dead for good: nobody is told to look for a new one.
    void end_after(seconds length) {
        std::this_thread::sleep_until(begun_ + length);
        is_full() ? proxy_.restore_for_new() : proxy_.restore();
    }

  private:
    tests::TcpProxy& proxy_;
    const Noticing noticing_;
    const Clock::time_point begun_;
};

void check_noticed(Scenario& scenario, const std::string& what, const Hole& hole) {
    if (!is_full()) return std::this_thread::sleep_for(seconds(2));
    const double noticed = hole.noticed();
    CHECK(noticed <= kGoal);
    scenario.figure(what + " noticed by all within", noticed);
}

/// Seconds until a job that is accepted from now on is done.
double recovery(const drill::Fleet& fleet) {
    const std::string now = fleet.sql().value("SELECT atelier_now()");
    const auto begun = Clock::now();
    CHECK(e2e::eventually(seconds(60), [&] {
        return fleet.count("SELECT count(*) FROM jobs WHERE state = 'completed' AND created_at > " + now) > 0;
    }));
    return since(begun);
}

}  // namespace

TEST_CASE("a broker and a database that turn into black holes are noticed, and work goes on after them") {
    const seconds length(scaled(60, 5));
    Scenario scenario(
        "AMQP and SQL connections black-holed for " + std::to_string(length.count()) + " s each",
        "reconnected <= 2 heartbeats + 5 s");
    const char *broker_url = std::getenv("ATELIER_TEST_AMQP_URL"),
               *server_url = std::getenv("ATELIER_TEST_POSTGRESQL_URL");
    if (!broker_url || !server_url) return (void)start_fleet();
    const e2e::OwnDatabase own(server_url);
    Detour broker(broker_url), database(own.url());
    const auto fleet = start_fleet({.more = {{"ATELIER_DATABASE_URL", database.url}},
                                    .broker_url = broker.url,
                                    .database_url = own.url()});
    SteadyCustomer customer(fleet->customer());
    REQUIRE(e2e::eventually(seconds(10), [&] {
        return fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed'") >= 10;
    }));

    const int accepted_before = customer.accepted();
    Hole no_broker(*fleet, broker.proxy, "The broker connection for");
    check_noticed(scenario, "AMQP", no_broker);
    const int accepted = customer.accepted() - accepted_before;
    CHECK(accepted > 0);  // the outbox takes what the broker cannot
    CHECK(customer.busy() == 0);
    scenario.figure("accepted meanwhile", static_cast<long long>(accepted));

    Hole no_database(*fleet, database.proxy, "The database said nothing for");
    check_noticed(scenario, "SQL", no_database);
    no_broker.end_after(length);
    no_database.end_after(length);
    const double recovered = recovery(*fleet);
    CHECK(recovered <= kGoal);
    customer.stop();
    CHECK(customer.odd() == std::vector<std::string>{});
    CHECK(customer.slowest() <= kGoal);
    scenario.figure("503", static_cast<long long>(customer.busy()));
    scenario.figure("slowest answer", customer.slowest());
    scenario.figure("first new job done after", recovered);
    CHECK(fleet->all_ended(seconds(90)));
    // Somebody may still wait in a connection that began in the hole, holding a message that another made
    // needless.
    std::this_thread::sleep_for(kConnecting);
    check_at_rest(scenario, *fleet, with_unanswered(*fleet, customer.jobs()));
}
