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

struct Hole {
    const char* name;
    const char* noticed;  ///< what each program's log says then
};

void fall_into(const Hole& hole, bool sql) {
    const seconds length(scaled(60, 4));
    Scenario scenario(std::string(hole.name) + " black-holed for " + std::to_string(length.count()) + " s",
                      "reconnected <= 2 heartbeats + 5 s");
    const char *broker = std::getenv("ATELIER_TEST_AMQP_URL"),
               *server = std::getenv("ATELIER_TEST_POSTGRESQL_URL");
    if (!broker || !server) return (void)start_fleet();
    const e2e::OwnDatabase database(server);
    Detour to_broker(broker), to_database(database.url());
    tests::TcpProxy& proxy = sql ? to_database.proxy : to_broker.proxy;
    const auto fleet = start_fleet({.more = {{"ATELIER_DATABASE_URL", to_database.url}},
                                    .broker_url = to_broker.url,
                                    .database_url = database.url()});
    SteadyCustomer customer(fleet->customer());
    REQUIRE(e2e::eventually(seconds(10), [&] {
        return fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed'") >= 10;
    }));

    Noticing noticing(*fleet, hole.noticed);
    const auto begun = Clock::now();
    const int accepted_before = customer.accepted();
    proxy.swallow();
    if (is_full()) {
        CHECK(e2e::eventually(length, [&] { return noticing.all(); }));
        const double noticed = since(begun);
        CHECK(noticed <= kGoal);
        scenario.figure("noticed by all within", noticed);
    }
    std::this_thread::sleep_until(begun + length);
    const int accepted_within = customer.accepted() - accepted_before;

    const std::string now = fleet->sql().value("SELECT atelier_now()");
    const auto over = Clock::now();
    // In the full form the old connections stay dead for good: nobody is told to look for a new one.
    is_full() ? proxy.restore_for_new() : proxy.restore();
    CHECK(e2e::eventually(seconds(60), [&] {
        return fleet->count("SELECT count(*) FROM jobs WHERE state = 'completed' AND created_at > " + now) >
               0;
    }));
    const double recovered = since(over);
    CHECK(recovered <= kGoal);
    customer.stop();
    CHECK(customer.odd() == std::vector<std::string>{});
    CHECK(customer.slowest() <= kGoal);
    if (!sql) {
        CHECK(customer.busy() == 0);  // the outbox takes what the broker cannot
        CHECK(accepted_within > 0);
    }
    scenario.figure("accepted meanwhile", static_cast<long long>(accepted_within));
    scenario.figure("503", static_cast<long long>(customer.busy()));
    scenario.figure("slowest answer", customer.slowest());
    scenario.figure("first new job done after", recovered);
    CHECK(fleet->all_ended(seconds(90)));
    // Somebody may still wait in a connection that began in the hole, holding a message that another made
    // needless.
    std::this_thread::sleep_for(kConnecting);
    check_at_rest(scenario, *fleet, with_unanswered(*fleet, customer.jobs()));
}

}  // namespace

TEST_CASE("a broker that is a black hole is noticed, orders are taken meanwhile, and work goes on after it") {
    fall_into({"AMQP", "The broker connection for"}, false);
}

TEST_CASE("a database that is a black hole is noticed, orders are answered 503, and work goes on after it") {
    fall_into({"SQL", "The database said nothing for"}, true);
}
