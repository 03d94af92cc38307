#include <doctest/doctest.h>

#include <map>
#include <set>
#include <sql_files.hpp>
#include <thread>

#include "common/crypto/hash.hpp"
#include "common/store/generated_assets.hpp"
#include "common/store/sql.hpp"
#include "tests/support/database.hpp"

using namespace atelier;
using namespace atelier::testing;

namespace {

using Column = std::pair<std::string, std::string>;

std::set<Column> columns_of(TestDatabase& database) {
    const bool sqlite = database->dialect() == store::Dialect::sqlite;
    std::set<Column> columns;
    database
        ->read([&](soci::session& session) -> Result<void> {
            const auto rows = store::select_all<Column>(
                session.prepare
                    << (sqlite ? "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
                                 " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
                               : "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM"
                                 " information_schema.columns WHERE table_schema = current_schema()"),
                [](auto& prepared, Column& column) {
                    prepared, soci::into(column.first), soci::into(column.second);
                });
            columns.insert(rows.begin(), rows.end());
            return {};
        })
        .value();
    return columns;
}

std::set<std::string> indexes_of(TestDatabase& database) {
    const bool sqlite = database->dialect() == store::Dialect::sqlite;
    std::vector<std::string> names;
    database
        ->read([&](soci::session& session) -> Result<void> {
            names = store::select_all<std::string>(
                session.prepare
                    << (sqlite ? "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                               : "SELECT CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname ="
                                 " current_schema() AND indexname NOT LIKE '%_pkey' AND indexname NOT"
                                 " LIKE '%_key'"),
                [](auto& prepared, std::string& name) { prepared, soci::into(name); });
            return {};
        })
        .value();
    return {names.begin(), names.end()};
}

/// As a program left the database that knew only the first `count` files.
void migrate_to(TestDatabase& database, int count) {
    const std::string folder = database.settings().url.starts_with("sqlite") ? "sqlite/" : "postgresql/";
    database.execute(
        "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha TEXT NOT NULL,"
        " applied_at BIGINT NOT NULL)");
    int number = 0;
    for (const auto& file : sql_files::files()) {
        if (!file.path.starts_with(folder) || ++number > count) continue;
        database.execute(std::string(file.text));
        database.execute("INSERT INTO schema_migrations VALUES (" + std::to_string(number) + ", '" +
                         std::string(file.path.substr(folder.size())) + "', '" +
                         crypto::to_hex(crypto::sha256(file.text)) + "', 0)");
    }
}

}  // namespace

TEST_CASE("pictures that were made before there were designs are kept as they were") {
    for_each_empty_database([](TestDatabase& database) {
        migrate_to(database, 2);
        database.execute(
            "INSERT INTO organizations (id, name, created_at) VALUES ('o', 'Studio', 0);"
            "INSERT INTO users (id, organization_id, email, password_hash, role, created_at, updated_at)"
            " VALUES ('u', 'o', 'a@b', 'x', 'admin', 0, 0);"
            "INSERT INTO assets (id, organization_id, user_id, filename, content_type, size_bytes, state,"
            " object_key, created_at, updated_at) VALUES ('a', 'o', 'u', 'f', 't', 1, 'ready', 'k', 0, 0);"
            "INSERT INTO jobs (id, organization_id, user_id, kind, lane, state, phase, input, price,"
            " created_at) VALUES ('j', 'o', 'u', 'adaptation', 'primary', 'completed', 'done', '{}', 1, 0);"
            "INSERT INTO generated_assets (id, organization_id, job_id, source_asset_id, format, request,"
            " width, height, content_type, size_bytes, sha256, object_key, strategy, elements_kept, report,"
            " version, moderation, is_nsfw, created_at, updated_at) VALUES ('g', 'o', 'j', 'a', '{}', '{}',"
            " 64, 48, 'image/png', 9, 's', 'key', 'extend', '[]', '{}', 3, 'flagged', 1, 5, 6)");
        REQUIRE(store::migrate(database.settings()).has_value());
        database.reopen(2, 5000);
        const auto kept = database->read([](soci::session& session) {
            return store::find_generated_asset(session, OrganizationId{"o"}, GeneratedAssetId{"g"});
        });
        REQUIRE(kept.has_value());
        CHECK(kept->source_asset_id == AssetId{"a"});
        CHECK_FALSE(kept->design_id.has_value());
        CHECK(kept->width == 64);
        CHECK(kept->strategy == "extend");
        CHECK(kept->object_key == "key");
        CHECK(kept->version == 3);
        CHECK(kept->moderation == store::Moderation::flagged);
        CHECK(kept->created_at == 5);
        CHECK(kept->updated_at == 6);
    });
}

TEST_CASE("both dialects have the same numbered files") {
    std::map<std::string, int> names;
    for (const auto& file : sql_files::files())
        names[std::string(file.path.substr(file.path.find('/') + 1))]++;
    for (const auto& [name, count] : names) {
        CAPTURE(name);
        CHECK(count == 2);
    }
}

TEST_CASE("both dialects make the same tables, columns and indexes") {
    const auto sqlite = TestDatabase::sqlite();
    const auto postgresql = TestDatabase::postgresql();
    REQUIRE(columns_of(*sqlite).size() > 100);
    if (!postgresql) return;
    CHECK(columns_of(*sqlite) == columns_of(*postgresql));
    CHECK(indexes_of(*sqlite) == indexes_of(*postgresql));
}

TEST_CASE("migrating twice changes nothing") {
    for_each_database([](TestDatabase& database) {
        CHECK(store::migrate(database.settings()).has_value());
        CHECK(database->ping().has_value());
    });
}

TEST_CASE("several processes may migrate a new database at the same time") {
    for_each_empty_database([](TestDatabase& database) {
        std::vector<Result<void>> outcomes(4);
        {
            std::vector<std::jthread> threads;
            for (auto& outcome : outcomes) {
                threads.emplace_back([&] { outcome = store::migrate(database.settings()); });
            }
        }
        for (const auto& outcome : outcomes) {
            if (outcome.has_error()) MESSAGE(outcome.error());
            CHECK(outcome.has_value());
        }
        database.reopen(2, 5000);
        CHECK(database->ping().has_value());
    });
}

TEST_CASE("a database that was not migrated is not opened") {
    for_each_empty_database([](TestDatabase& database) {
        const auto opened = store::Database::open(database.settings());
        REQUIRE(opened.has_error());
        CHECK(opened.error().code == ErrorCode::conflict);
    });
}

TEST_CASE("a database that a newer program migrated is neither opened nor migrated") {
    for_each_database([](TestDatabase& database) {
        database.execute("INSERT INTO schema_migrations VALUES (9999, '9999_later.sql', 'x', 0)");
        CHECK(store::Database::open(database.settings()).has_error());
        CHECK(store::migrate(database.settings()).has_error());
    });
}

TEST_CASE("a migration that was edited after it ran is noticed") {
    for_each_database([](TestDatabase& database) {
        database.execute("UPDATE schema_migrations SET sha = 'other' WHERE number = 1");
        CHECK(store::migrate(database.settings()).has_error());
    });
}
