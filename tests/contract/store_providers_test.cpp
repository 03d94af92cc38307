// Providers of AI, their calls, and the budgets that pay for them, on both databases.

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "common/store/ai_budgets.hpp"
#include "common/store/provider_calls.hpp"
#include "common/store/providers.hpp"
#include "tests/support/in_transaction.hpp"

using namespace atelier;
using namespace atelier::store;
using namespace atelier::testing;

namespace {

KnownProvider provider(const std::string& id) {
    return {.id = id,
            .vendor = "openai",
            .offers = json::Array{
                json::Object{{"capability", "text"}, {"model", "m"}, {"position", 1}, {"is_priced", true}}}};
}

void register_one(TestDatabase& database, const std::string& id) {
    write(database, [&](soci::session& s) { register_provider(s, provider(id)); });
}

ProviderCall call(const Tenant& tenant, const std::string& outcome, std::int64_t duration_ms,
                  std::optional<std::int64_t> cost) {
    return {.id = ids::new_id<ProviderCallId>(),
            .organization = tenant.organization,
            .provider = "openai",
            .model = "m",
            .capability = "text",
            .outcome = outcome,
            .status = outcome == "ok" ? 0 : 500,
            .duration_ms = duration_ms,
            .input_tokens = 12,
            .images = 0,
            .cost_micro_usd = cost};
}

bool reserve(TestDatabase& database, const Tenant& tenant, const ProviderCallId& id, std::int64_t amount,
             std::int64_t lifetime_ms = 60'000) {
    return write(database, [&](soci::session& s) {
        return reserve_ai_spending(s, tenant.organization, id, amount, lifetime_ms);
    });
}

AiBudget budget(TestDatabase& database, const Tenant& tenant) {
    return write(database, [&](soci::session& s) { return read_ai_budget(s, tenant.organization); });
}

void set_budget(TestDatabase& database, const Tenant& tenant, std::optional<std::int64_t> limit) {
    REQUIRE(write(database, [&](soci::session& s) {
                return set_ai_budget(s, tenant.organization, limit);
            }).has_value());
}

}  // namespace

TEST_CASE("a provider is known once a worker has it, and its breaker survives that another one comes") {
    for_each_database([](TestDatabase& database) {
        register_one(database, "openai");
        write(database, [&](soci::session& s) {
            ProviderHealth health = lock_provider_health(s, "openai", "text");
            health.state = CircuitState::open;
            health.failures = 5;
            health.trips = 2;
            health.cooling_until = 77;
            health.last_failure_at = 66;
            health.last_failure = "transient";
            save_provider_health(s, health);
        });
        register_one(database, "openai");
        write(database, [&](soci::session& s) {
            CHECK(is_known_provider(s, "openai"));
            CHECK_FALSE(is_known_provider(s, "nobody"));
            const auto known = list_providers(s);
            REQUIRE(known.size() == 1);
            CHECK(known[0].vendor == "openai");
            CHECK(known[0].offers == provider("openai").offers);
            CHECK(known[0].seen_at > 0);
            const auto health = list_provider_health(s);
            REQUIRE(health.size() == 1);
            CHECK(health[0] == read_provider_health(s, "openai", "text"));
            CHECK(health[0].state == CircuitState::open);
            CHECK(health[0].trips == 2);
            CHECK(health[0].last_failure == "transient");
            CHECK_FALSE(health[0].last_success_at.has_value());
            CHECK(read_provider_health(s, "openai", "image").state == CircuitState::closed);
        });
    });
}

TEST_CASE("a rate's number is kept with its provider") {
    for_each_database([](TestDatabase& database) {
        register_one(database, "openai");
        write(database, [&](soci::session& s) {
            CHECK(lock_provider_rate(s, "openai") == 0);
            save_provider_rate(s, "openai", 1'800'000'000'000'000);
        });
        register_one(database, "openai");
        write(database,
              [&](soci::session& s) { CHECK(lock_provider_rate(s, "openai") == 1'800'000'000'000'000); });
    });
}

TEST_CASE("switches belong to one organization or to the fleet, and both must be on") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const OrganizationId other{"other"};
        const auto turn = [&](std::optional<OrganizationId> whose, bool is_enabled) {
            write(database, [&](soci::session& s) {
                switch_provider(
                    s,
                    {.organization = whose, .provider = "a", .is_enabled = is_enabled, .user = tenant.user});
            });
        };
        const auto enabled = [&](const OrganizationId& whose) {
            return write(database, [&](soci::session& s) { return is_provider_enabled(s, whose, "a"); });
        };
        CHECK(enabled(tenant.organization));
        turn(tenant.organization, false);
        CHECK_FALSE(enabled(tenant.organization));
        CHECK(enabled(other));
        turn(std::nullopt, false);
        CHECK_FALSE(enabled(other));
        turn(tenant.organization, true);
        CHECK_FALSE(enabled(tenant.organization));
        turn(std::nullopt, true);
        CHECK(enabled(tenant.organization));
        write(database, [&](soci::session& s) {
            CHECK(list_provider_switches(s, tenant.organization).size() == 2);
            CHECK(list_provider_switches(s, other).size() == 1);
            CHECK(list_provider_switches(s, std::nullopt).size() == 1);
            CHECK_FALSE(list_provider_switches(s, std::nullopt)[0].organization.has_value());
            CHECK(list_provider_switches(s, std::nullopt)[0].user == tenant.user);
        });
    });
}

TEST_CASE("calls add up by provider: outcomes, percentiles and costs") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        write(database, [&](soci::session& s) {
            for (int i = 1; i <= 100; ++i)
                CHECK(insert_provider_call(s, call(tenant, "ok", i, 10)));
            CHECK(insert_provider_call(s, call(tenant, "transient", 9'000, 0)));
            const ProviderCall unknown = call(tenant, "malformed_output", 9'000, std::nullopt);
            CHECK(insert_provider_call(s, unknown));
            CHECK_FALSE(insert_provider_call(s, unknown));
            const auto use = list_provider_use(s, tenant.organization);
            REQUIRE(use.size() == 1);
            CHECK(use[0].provider == "openai");
            CHECK(use[0].outcomes == std::map<std::string, std::int64_t>{
                                         {"ok", 100}, {"transient", 1}, {"malformed_output", 1}});
            CHECK(use[0].p50_ms == 50);
            CHECK(use[0].p95_ms == 95);
            CHECK(use[0].p99_ms == 99);
            CHECK(use[0].day.calls == 102);
            CHECK(use[0].day.micro_usd == 1'000);
            CHECK(use[0].day.unknown == 1);
            CHECK(use[0].month.micro_usd == 1'000);
            CHECK(list_provider_use(s, OrganizationId{"other"}).empty());
        });
    });
}

TEST_CASE("yesterday's calls count for the month, and last month's for nothing") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        write(database, [&](soci::session& s) { insert_provider_call(s, call(tenant, "ok", 5, 10)); });
        database.change_rows(
            "UPDATE provider_calls SET created_at = created_at - 62 * CAST(86400000 AS BIGINT)");
        write(database, [&](soci::session& s) { CHECK(list_provider_use(s, tenant.organization).empty()); });
    });
}

TEST_CASE("a budget holds what is reserved until it is settled") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const auto a = ids::new_id<ProviderCallId>(), b = ids::new_id<ProviderCallId>();
        CHECK(reserve(database, tenant, a, 1'000'000'000));  // no limit, nothing to hold
        CHECK(budget(database, tenant).reserved_micro_usd == 0);
        CHECK_FALSE(budget(database, tenant).monthly_micro_usd.has_value());
        set_budget(database, tenant, 100);
        CHECK(reserve(database, tenant, a, 60));
        CHECK_FALSE(reserve(database, tenant, b, 41));
        CHECK(reserve(database, tenant, b, 40));
        CHECK(budget(database, tenant).reserved_micro_usd == 100);
        write(database, [&](soci::session& s) {
            CHECK(settle_ai_spending(s, tenant.organization, a, 5) == 60);
            CHECK(settle_ai_spending(s, tenant.organization, b, std::nullopt) == 40);  // unknown: all of it
            CHECK(settle_ai_spending(s, tenant.organization, b, std::nullopt) == 0);
        });
        CHECK(budget(database, tenant).reserved_micro_usd == 0);
        CHECK(budget(database, tenant).spent_micro_usd == 45);
        CHECK(budget(database, tenant).month.size() == 7);
        CHECK(reserve(database, tenant, a, 55));
        CHECK_FALSE(reserve(database, tenant, b, 1));
        set_budget(database, tenant, std::nullopt);
        CHECK_FALSE(write(database, [&](soci::session& s) { return has_ai_budget(s, tenant.organization); }));
    });
}

TEST_CASE("a reservation whose worker died lapses") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        set_budget(database, tenant, 100);
        const auto dead = ids::new_id<ProviderCallId>(), next = ids::new_id<ProviderCallId>();
        CHECK(reserve(database, tenant, dead, 100, -1));
        CHECK(budget(database, tenant).reserved_micro_usd == 0);
        CHECK(reserve(database, tenant, next, 100));
        write(database, [&](soci::session& s) {
            CHECK(sweep_ai_reservations(s) == 1);
            CHECK(sweep_ai_reservations(s) == 0);
        });
    });
}

TEST_CASE("reservations in parallel never hold more than the budget") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        set_budget(database, tenant, 10);
        std::atomic<int> held{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 10; ++i) {
                        const auto id = ids::new_id<ProviderCallId>();
                        if (!reserve(database, tenant, id, 3)) continue;
                        if (++held > 3) FAIL_CHECK("more is held than there is");
                        --held;
                        write(database,
                              [&](soci::session& s) { settle_ai_spending(s, tenant.organization, id, 0); });
                    }
                });
        }
        CHECK(budget(database, tenant).reserved_micro_usd == 0);
        CHECK(budget(database, tenant).spent_micro_usd == 0);
    });
}

TEST_CASE("no budget is set for an organization that does not exist") {
    for_each_database([](TestDatabase& database) {
        CHECK(failure(write(database, [](soci::session& s) {
                  return set_ai_budget(s, OrganizationId{"nobody"}, 5);
              })) == "NOT_FOUND");
    });
}
