// What the repositories rely on in SOCI and in both databases.
#include <doctest/doctest.h>

#include "common/store/connection.hpp"
#include "common/store/sql.hpp"
#include "tests/support/database.hpp"

using namespace atelier;
using testing::for_each_database;
using testing::TestDatabase;

namespace {
constexpr std::int64_t kBig = 9'007'199'254'740'993;  // no double holds it

void make_table(TestDatabase& database) {
    database.execute(
        "CREATE TABLE things (id TEXT PRIMARY KEY, small INTEGER, big BIGINT, ratio DOUBLE PRECISION)");
}
}  // namespace

TEST_CASE("64-bit integers come back exactly, from columns and from expressions") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        auto done = database->write([](soci::session& session) -> Result<void> {
            std::int64_t column = 0, sum = 0, count = 0;
            session << "INSERT INTO things (id, big) VALUES ('a', :big)", soci::use(kBig);
            session << "SELECT big, max(big) + 1, count(*) FROM things GROUP BY big", soci::into(column),
                soci::into(sum), soci::into(count);
            CHECK(column == kBig);
            CHECK(sum == kBig + 1);
            CHECK(count == 1);
            return {};
        });
        CHECK(done.has_value());
    });
}

TEST_CASE("optional values, ids, JSON and booleans make the round trip, NULL included") {
    for_each_database([](TestDatabase& database) {
        database.execute(
            "CREATE TABLE things (id TEXT, absent BIGINT, present BIGINT, json TEXT, flag INTEGER)");
        auto done = database->write([](soci::session& session) -> Result<void> {
            const auto id = ids::new_id<AssetId>();
            const std::optional<std::int64_t> nothing, something = kBig;
            const json::Value value = json::Object{{"say", "it's \u00e9: yes"}};
            const bool flag = true;
            session << "INSERT INTO things VALUES (:id, :nothing, :something, :json, :flag)", soci::use(id),
                soci::use(nothing), soci::use(something), soci::use(value), soci::use(flag);
            AssetId id_back;
            std::optional<std::int64_t> nothing_back = 7, something_back;
            json::Value json_back;
            bool flag_back = false;
            session << "SELECT id, absent, present, json, flag FROM things", soci::into(id_back),
                soci::into(nothing_back), soci::into(something_back), soci::into(json_back),
                soci::into(flag_back);
            CHECK(id_back == id);
            CHECK(nothing_back == std::nullopt);
            CHECK(something_back == something);
            CHECK(json_back == value);
            CHECK(flag_back);
            return {};
        });
        CHECK(done.has_value());
    });
}

TEST_CASE("row counts say what an update and a skipped duplicate changed") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        auto done = database->write([](soci::session& session) -> Result<void> {
            const std::string id = "a";
            const auto insert = [&] {
                return store::changed(
                    session.prepare << "INSERT INTO things (id) VALUES (:id) ON CONFLICT DO NOTHING",
                    soci::use(id));
            };
            CHECK(insert() == 1);
            CHECK(insert() == 0);
            CHECK(store::changed(session.prepare << "UPDATE things SET small = 1 WHERE id = :id",
                                 soci::use(id)) == 1);
            CHECK(store::changed(session.prepare << "UPDATE things SET small = 1 WHERE id = 'b'") == 0);
            return {};
        });
        CHECK(done.has_value());
    });
}

TEST_CASE("an update can return the rows it changed") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        auto done = database->write([](soci::session& session) -> Result<void> {
            session << "INSERT INTO things (id, small) VALUES ('a', 1), ('b', 2)";
            const auto rows = store::select_all<std::string>(
                session.prepare << "UPDATE things SET small = small + 1 WHERE small < 5 RETURNING id",
                [](auto& prepared, std::string& id) { prepared, soci::into(id); });
            CHECK(rows.size() == 2);
            int sum = 0;
            session << "SELECT sum(small) FROM things", soci::into(sum);
            CHECK(sum == 5);
            return {};
        });
        CHECK(done.has_value());
    });
}

TEST_CASE("a failed statement with parameters neither ends the process nor shows them in our message") {
    for_each_database([](TestDatabase& database) {
        make_table(database);
        auto done = database->write([](soci::session& session) -> Result<void> {
            const std::string secret = "hunter2";
            session << "INSERT INTO things (id) VALUES (:id)", soci::use(secret);
            try {
                store::changed(session.prepare << "INSERT INTO things (id) VALUES (:id)", soci::use(secret));
                FAIL("the duplicate was taken");
            } catch (const std::exception& failure) {
                CHECK(store::classify(failure, session) == store::Fault::unique_violation);
                if (session.get_backend_name() == "sqlite3") {
                    CHECK(store::message_of(failure).find(secret) == std::string::npos);
                }
                throw;
            }
            return {};
        });
        REQUIRE(done.has_error());
        CHECK(done.error().code == ErrorCode::conflict);
    });
}
