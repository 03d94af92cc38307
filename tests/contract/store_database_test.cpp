#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include "common/store/connection.hpp"
#include "common/store/sql.hpp"
#include "tests/support/database.hpp"
#include "tests/support/tcp_proxy.hpp"

using namespace atelier;
using namespace atelier::testing;

namespace {

void add_platform(soci::session& session, const Tenant& tenant, const std::string& slug) {
    const auto id = ids::new_id<PlatformId>();
    session << "INSERT INTO platforms (id, organization_id, slug, name, created_at, updated_at) VALUES"
               " (:id, :organization, :slug, 'P', 0, 0)",
        soci::use(id), soci::use(tenant.organization), soci::use(slug);
}

/// `key='value'` of a libpq keyword string, as parse_url writes it.
std::string option(const std::string& connect, const std::string& key) {
    const auto begin = connect.find(key + "='") + key.size() + 2;
    return connect.substr(begin, connect.find('\'', begin) - begin);
}

int count_platforms(TestDatabase& database) {
    return *database->read([](soci::session& session) -> Result<int> {
        int count = 0;
        session << "SELECT count(*) FROM platforms", soci::into(count);
        return count;
    });
}

}  // namespace

TEST_CASE("what work returns decides between commit and rollback") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const auto value = database->write([&](soci::session& session) -> Result<int> {
            add_platform(session, tenant, "one");
            return 7;
        });
        CHECK(*value == 7);
        const auto error = database->write([&](soci::session& session) -> Result<int> {
            add_platform(session, tenant, "two");
            return forbidden("no");
        });
        CHECK(error.error().code == ErrorCode::forbidden);
        const auto thrown = database->write([&](soci::session& session) -> Result<int> {
            add_platform(session, tenant, "three");
            throw std::runtime_error("a bug");
        });
        CHECK(thrown.error().code == ErrorCode::internal);
        CHECK(count_platforms(database) == 1);
    });
}

TEST_CASE("a violated unique constraint is a conflict and takes back the whole transaction") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const auto outcome = database->write([&](soci::session& session) -> Result<void> {
            add_platform(session, tenant, "same");
            add_platform(session, tenant, "same");
            return {};
        });
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().code == ErrorCode::conflict);
        CHECK(count_platforms(database) == 0);
    });
}

TEST_CASE("foreign keys and checks are enforced") {
    for_each_database([](TestDatabase& database) {
        const auto outcome = database->write([&](soci::session& session) -> Result<void> {
            add_platform(session, Tenant{ids::new_id<OrganizationId>(), {}}, "orphan");
            return {};
        });
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().code == ErrorCode::internal);
    });
}

TEST_CASE("reading work cannot write") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        CHECK(database
                  ->read([&](soci::session& session) -> Result<void> {
                      add_platform(session, tenant, "sneaky");
                      return {};
                  })
                  .has_error());
        CHECK(count_platforms(database) == 0);
        CHECK(database
                  ->write([&](soci::session& session) -> Result<void> {
                      add_platform(session, tenant, "honest");
                      return {};
                  })
                  .has_value());
    });
}

TEST_CASE("a reader keeps its snapshot while a writer commits") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database);
        const auto outcome = database->read([&](soci::session& session) -> Result<void> {
            const auto count = [&] {
                int rows = 0;
                session << "SELECT count(*) FROM platforms", soci::into(rows);
                return rows;
            };
            CHECK(count() == 0);
            CHECK(database
                      ->write([&](soci::session& other) -> Result<void> {
                          add_platform(other, tenant, "new");
                          return {};
                      })
                      .has_value());
            CHECK(count() == 0);
            return {};
        });
        CHECK(outcome.has_value());
        CHECK(count_platforms(database) == 1);
    });
}

TEST_CASE("when all sessions are taken the next caller is told that the database is unavailable") {
    for_each_database([](TestDatabase& database) {
        database.reopen(2, 30);
        const auto hold = [&](auto&& inside) {
            return database->read([&](soci::session&) -> Result<void> { return inside(); });
        };
        const auto nested = hold([&] { return hold([&] { return database->ping(); }); });
        REQUIRE(nested.has_error());
        CHECK(nested.error().code == ErrorCode::unavailable);
        CHECK(nested.error().retry_after_s.has_value());
        CHECK(database->ping().has_value());
    });
}

TEST_CASE("writers that add to one number lose none of their additions") {
    for_each_database([](TestDatabase& database) {
        const Tenant tenant = insert_tenant(database, 0);
        constexpr int kThreads = 8, kRounds = 10;
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < kThreads; ++i) {
                threads.emplace_back([&] {
                    for (int round = 0; round < kRounds; ++round) {
                        const auto added = database->write([&](soci::session& session) -> Result<void> {
                            std::int64_t balance = 0;
                            session << "SELECT balance FROM organizations WHERE id = :id" +
                                           std::string(store::for_update(session)),
                                soci::use(tenant.organization), soci::into(balance);
                            ++balance;
                            session << "UPDATE organizations SET balance = :balance WHERE id = :id",
                                soci::use(balance), soci::use(tenant.organization);
                            return {};
                        });
                        if (added.has_error()) ++failures;
                    }
                });
            }
        }
        CHECK(failures == 0);
        const auto balance = database->read([&](soci::session& session) -> Result<std::int64_t> {
            std::int64_t value = 0;
            session << "SELECT balance FROM organizations WHERE id = :id", soci::use(tenant.organization),
                soci::into(value);
            return value;
        });
        CHECK(*balance == kThreads * kRounds);
    });
}

TEST_CASE("a PostgreSQL deadlock is resolved by running one of the two again") {
    const auto database = TestDatabase::postgresql();
    if (!database) return;
    const Tenant a = insert_tenant(*database), b = insert_tenant(*database);
    std::latch both_hold_one(2);
    const auto take = [&](const Tenant& first, const Tenant& second) {
        bool met = false;
        return (*database)->write([&](soci::session& session) -> Result<void> {
            const auto add = [&](const Tenant& tenant) {
                session << "UPDATE organizations SET balance = balance + 1 WHERE id = :id",
                    soci::use(tenant.organization);
            };
            add(first);
            if (!met) {
                met = true;
                both_hold_one.arrive_and_wait();
            }
            add(second);
            return {};
        });
    };
    auto other = std::async(std::launch::async, [&] { return take(b, a); });
    CHECK(take(a, b).has_value());
    CHECK(other.get().has_value());
}

TEST_CASE("sessions that the PostgreSQL server has ended are replaced without the caller noticing") {
    const auto database = TestDatabase::postgresql();
    if (!database) return;
    int runs = 0;
    const auto outcome = (*database)->write([&](soci::session& session) -> Result<int> {
        int pid = 0;
        session << "SELECT pg_backend_pid()", soci::into(pid);
        if (++runs == 1) database->change_rows("SELECT pg_terminate_backend(" + std::to_string(pid) + ")");
        session << "SELECT 1", soci::into(pid);
        return pid;
    });
    CHECK(outcome.has_value());
    CHECK(runs == 2);
}

TEST_CASE("a PostgreSQL that falls silent is given up, and used again when it speaks") {
    const auto original = TestDatabase::postgresql();
    if (!original) return;
    const std::string connect = store::parse_url(original->settings().url)->connect;
    tests::TcpProxy proxy(option(connect, "host"), std::stoi(option(connect, "port")));
    const auto opened =
        store::Database::open({.url = "postgresql://" + connect + " host=127.0.0.1 connect_timeout=2 port=" +
                                      std::to_string(proxy.port()),
                               .pool_size = 4,
                               .acquire_timeout_ms = 100,
                               .silence_timeout_ms = 300});
    REQUIRE(opened.has_value());
    store::Database& database = **opened;
    SUBCASE("between two transactions") {
        proxy.swallow();
        const auto lost = database.ping();
        REQUIRE(lost.has_error());
        CHECK(lost.error().code == ErrorCode::unavailable);
    }
    SUBCASE("in the middle of several") {
        std::latch begun(3), silent(1);
        const auto work = [&](soci::session& session) -> Result<void> {
            begun.count_down();
            silent.wait();
            session << "SELECT 1";
            return {};
        };
        std::vector<std::future<Result<void>>> transactions;
        for (int i = 0; i < 3; ++i)
            transactions.push_back(std::async(std::launch::async, [&] { return database.write(work); }));
        begun.wait();
        proxy.swallow();
        silent.count_down();
        for (auto& transaction : transactions)
            CHECK(transaction.get().has_error());
    }
    // The silent connections stay silent: only those that are new can answer.
    proxy.restore_for_new();
    CHECK(database.ping().has_value());
}

TEST_CASE("a transaction whose failed statement was ignored is not reported as committed") {
    const auto database = TestDatabase::postgresql();
    if (!database) return;
    const auto outcome = (*database)->write([&](soci::session& session) -> Result<void> {
        try {
            session << "SELECT no_such_column FROM organizations";
        } catch (const std::exception&) {
        }
        return {};
    });
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == ErrorCode::internal);
}

TEST_CASE("a server that cannot be reached is unavailable, not a crash") {
    const auto opened = store::Database::open({.url = "postgresql://host=127.0.0.1 port=1 dbname=x user=x",
                                               .pool_size = 1,
                                               .acquire_timeout_ms = 1});
    REQUIRE(opened.has_error());
    CHECK(opened.error().code == ErrorCode::unavailable);
}

TEST_CASE("settings that cannot work are refused, each with its field") {
    CHECK(store::DatabaseSettings{.url = "sqlite:///tmp/a.db"}.check().empty());
    CHECK(store::DatabaseSettings{.url = "postgresql://user@host:5432/name?sslmode=require"}.check().empty());
    CHECK(store::DatabaseSettings{.url = "postgresql://host=/run dbname='a b'"}.check().empty());
    for (const char* url :
         {"", "mysql://x", "sqlite://relative.db", "sqlite:///a\".db", "postgresql://nonsense=1"}) {
        CAPTURE(url);
        const auto wrong = store::DatabaseSettings{.url = url}.check();
        REQUIRE(wrong.size() == 1);
        CHECK(wrong.front().pointer == "database_url");
    }
    const auto wrong =
        store::DatabaseSettings{
            .url = "sqlite:///tmp/a.db", .pool_size = 0, .acquire_timeout_ms = 0, .silence_timeout_ms = 0}
            .check();
    CHECK(wrong.size() == 3);
}
