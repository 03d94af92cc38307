#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "common/metrics/registry.hpp"
#include "tests/unit/workers/ai/router/routing.hpp"

using namespace atelier;
using namespace atelier::testing;
using ai::FailureKind;
using std::chrono::milliseconds;

namespace {

/// A call reserves its framing, the bytes of its schema (`null`) and all that it may write.
constexpr std::int64_t kReserved = 1000 + 4 + 8192 * 10;

}  // namespace

TEST_CASE("a breaker that one process opened is open for all") {
    Routing routing({always(FailureKind::transient, 500), works});
    const auto one = routing.open(), other = routing.open();
    CHECK(one->complete({}, routing.order("1"))->by.provider == "b");
    CHECK(one->complete({}, routing.order("2"))->by.provider == "b");
    CHECK(routing.provider("a").calls() == 5);
    CHECK(routing.health("a").state == store::CircuitState::open);
    CHECK(other->complete({}, routing.order("3"))->by.provider == "b");
    CHECK(routing.provider("a").calls() == 5);
}

TEST_CASE("after its pause one call at a time probes an open breaker, and a good one closes it") {
    std::atomic<bool> is_well{false};
    std::atomic<int> served_elsewhere{0};
    ai::ProviderRow row = Routing::usual_row();
    row.breaker.failures = 1;
    Routing routing({[&](int, const ai::Call&) -> std::optional<ai::Failure> {
                         if (!is_well) return fails(FailureKind::transient, 500);
                         while (served_elsewhere < 4)  // one before, three during the probe
                             std::this_thread::sleep_for(milliseconds{1});
                         return std::nullopt;
                     },
                     [&](int, const ai::Call&) -> std::optional<ai::Failure> {
                         ++served_elsewhere;
                         return std::nullopt;
                     }},
                    row);
    const auto router = routing.open();
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(routing.provider("a").calls() == 1);
    is_well = true;
    routing.let_time_pass();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] { CHECK(router->complete({}, routing.order()).has_value()); });
    }
    CHECK(routing.provider("a").calls() == 2);
    CHECK(routing.health("a").state == store::CircuitState::closed);
    CHECK(router->complete({}, routing.order())->by.provider == "a");
}

TEST_CASE("one capability's trouble does not close the other") {
    ai::ProviderRow row = Routing::usual_row();
    row.breaker.failures = 1;
    Routing routing({[](int number, const ai::Call&) {
                        return number <= 1 ? fails(FailureKind::transient, 500) : std::nullopt;
                    }},
                    row);
    const auto router = routing.open();
    ai::Order order = routing.order();
    order.patience = milliseconds{200};
    CHECK(failure(router->complete({}, order)) == "UNAVAILABLE");
    CHECK(router->make({}, order).has_value());
}

TEST_CASE("a wrong key opens the breaker at once, an unknown model does not") {
    Routing routing({always(FailureKind::permanent, 401), always(FailureKind::permanent, 404)});
    const auto router = routing.open();
    CHECK(failure(router->complete({}, routing.order())) == "UNAVAILABLE");
    CHECK(routing.health("a").state == store::CircuitState::open);
    CHECK(routing.health("b").state == store::CircuitState::closed);
    CHECK(routing.health("b").last_failure == "permanent");
}

TEST_CASE("answers that callers refuse say nothing of a provider's health") {
    Routing routing({works});
    const auto router = routing.open();
    const auto refuse = [](ai::TextAnswer&) -> Result<> { return invalid("/", "type", "No."); };
    for (int i = 0; i < 4; ++i)
        CHECK(failure(router->complete({}, routing.order(), refuse)) == "UNAVAILABLE");
    CHECK(routing.provider("a").calls() == 12);
    CHECK(routing.health("a").state == store::CircuitState::closed);
    CHECK(routing.health("a").failures == 0);
}

TEST_CASE("nothing closes the builtin engine") {
    const auto database = TestDatabase::sqlite();
    const Tenant tenant = insert_tenant(*database);
    ScriptedProvider engine([](int number, const ai::Call&) {
        return number <= 12 ? fails(FailureKind::malformed_output) : std::nullopt;
    });
    ai::ProvidersFile file = ai::read_providers("").value();
    file.retry_pause = milliseconds{0};
    const auto router = std::move(ai::Router::open(file, **database, &engine).value());
    const ai::Order order{.organization = tenant.organization, .key = "k"};
    for (int i = 0; i < 4; ++i)
        CHECK(failure(router->complete({}, order)) == "UNAVAILABLE");
    CHECK(router->complete({}, order).has_value());
}

TEST_CASE("the rate of all processes together is kept") {
    ai::ProviderRow row = Routing::usual_row();
    row.rate_per_minute = 6;
    row.queue = milliseconds{0};
    Routing routing({works, works}, row);
    routing.file.providers[1].rate_per_minute = 0;
    const auto one = routing.open(), other = routing.open();
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i) {
        REQUIRE(one->complete({}, routing.order()).has_value());
        REQUIRE(other->complete({}, routing.order()).has_value());
    }
    const auto took = std::chrono::steady_clock::now() - begun;
    CHECK(routing.provider("a").calls() >= 1);
    CHECK(routing.provider("a").calls() <= 1 + took / std::chrono::seconds{12});
    CHECK(routing.provider("a").calls() + routing.provider("b").calls() == 8);
}

TEST_CASE("a provider is switched off for one organization, or for all") {
    Routing routing({works, works});
    const auto router = routing.open();
    const Tenant neighbour = [&] {
        Tenant tenant;
        routing.database->change_rows(
            "INSERT INTO organizations (id, name, created_at) VALUES ('neighbour', 'Neighbour', 0)");
        tenant.organization = OrganizationId{"neighbour"};
        return tenant;
    }();
    const auto set = [&](std::optional<OrganizationId> whose, bool is_enabled) {
        testing::write(*routing.database, [&](soci::session& s) {
            store::switch_provider(s, {.organization = whose, .provider = "a", .is_enabled = is_enabled});
        });
    };
    ai::Order theirs = routing.order();
    theirs.organization = neighbour.organization;

    set(routing.tenant.organization, false);
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(router->complete({}, theirs)->by.provider == "a");
    ai::Order wanting = routing.order();
    wanting.provider = "a";
    const auto refused = router->complete({}, wanting);
    CHECK(fields(refused) == "VALIDATION_FAILED /provider");
    CHECK(refused.error().details.front().rule == "enabled");

    set(routing.tenant.organization, true);
    CHECK(router->complete({}, routing.order())->by.provider == "a");
    set(std::nullopt, false);
    CHECK(router->complete({}, theirs)->by.provider == "b");
}

TEST_CASE("parallel calls do not overrun a budget together") {
    Routing routing({[](int, const ai::Call&) -> std::optional<ai::Failure> {
        std::this_thread::sleep_for(milliseconds{30});
        return std::nullopt;
    }});
    // Enough for three reservations at a time; a call really costs 200.
    routing.set_budget(3 * kReserved + 100);
    const auto router = routing.open();
    std::atomic<int> done{0}, refused{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                const auto made = router->complete({}, routing.order());
                if (made)
                    ++done;
                else if (made.error().code == ErrorCode::insufficient_credits)
                    ++refused;
            });
    }
    CHECK(done + refused == 8);
    CHECK(done >= 3);
    const store::AiBudget after = routing.budget();
    CHECK(after.spent_micro_usd == 200 * done);
    CHECK(after.reserved_micro_usd == 0);
    CHECK(routing.provider("a").calls() == done);
}

TEST_CASE("where the budget is spent a provider that is free still serves") {
    Routing routing({works, works});
    routing.file.providers[1].models[ai::Capability::text].price = ai::Price{.call_micro_usd = 0};
    routing.set_budget(100);
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK(done->by.provider == "b");
    CHECK(done->by.cost_micro_usd == 0);
    CHECK(routing.provider("a").calls() == 0);
}

TEST_CASE("an unknown price is an unknown cost, and no organization with a budget is served at one") {
    Routing routing({works});
    routing.file.providers[0].models[ai::Capability::text].price.reset();
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK_FALSE(done->by.cost_micro_usd.has_value());
    REQUIRE(routing.use().size() == 1);
    CHECK(routing.use()[0].month.calls == 1);
    CHECK(routing.use()[0].month.unknown == 1);
    CHECK(routing.use()[0].month.micro_usd == 0);
    routing.set_budget(1'000'000);
    CHECK(failure(router->complete({}, routing.order())) == "INSUFFICIENT_CREDITS");
}

TEST_CASE("a call whose tokens nobody told counts against the budget with what was reserved") {
    Routing routing({works});
    routing.provider("a").tokens_in.reset();
    routing.set_budget(1'000'000);
    const auto router = routing.open();
    const auto done = router->complete({}, routing.order());
    REQUIRE(done.has_value());
    CHECK_FALSE(done->by.cost_micro_usd.has_value());
    CHECK(routing.budget().spent_micro_usd == kReserved);
    CHECK(routing.budget().reserved_micro_usd == 0);
}

TEST_CASE("failures release what was reserved for them") {
    Routing routing({always(FailureKind::transient, 500), always(FailureKind::permanent, 404)});
    routing.set_budget(1'000'000);
    const auto router = routing.open();
    CHECK(failure(router->complete({}, routing.order())) == "UNAVAILABLE");
    CHECK(routing.budget().spent_micro_usd == 0);
    CHECK(routing.budget().reserved_micro_usd == 0);
}

TEST_CASE("calls go on by what the process knows when their shared state cannot be read") {
    Routing routing({always(FailureKind::transient, 500), works});
    const auto router = routing.open();
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    routing.database->execute("ALTER TABLE provider_health RENAME TO lost");
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(routing.provider("a").calls() == 5);
    CHECK(router->complete({}, routing.order())->by.provider == "b");
    CHECK(routing.provider("a").calls() == 5);
}

TEST_CASE("calls are counted by provider, model and outcome, timed, and their cost is added up") {
    Routing routing({always(FailureKind::permanent, 404), works});
    metrics::Registry registry("test");
    const auto router = routing.open(&registry);
    REQUIRE(router->complete({}, routing.order()).has_value());
    const std::string shown = registry.expose();
    const auto has = [&](const std::string& line) {
        return shown.find("atelier_provider_" + line) != shown.npos;
    };
    CHECK(has(R"(calls_total{service="test",model="words",outcome="permanent",provider="a"} 1)"));
    CHECK(has(R"(calls_total{service="test",model="words",outcome="ok",provider="b"} 1)"));
    CHECK(has(R"(cost_usd_total{service="test",model="words",provider="b"} 0.0002)"));
    CHECK(has(R"(seconds_count{service="test",model="words",provider="b"} 1)"));
}
