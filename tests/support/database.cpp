#include "tests/support/database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <soci/soci.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "common/store/connection.hpp"

namespace atelier::testing {
namespace {

void run_sql(const std::string& url, const std::string& statements) {
    const auto session = store::connect(*store::parse_url(url));
    store::execute(*session, statements);
}

const char* postgresql_url() {
    const char* url = std::getenv("ATELIER_TEST_POSTGRESQL_URL");
    return url && *url ? url : nullptr;
}

constexpr const char* kEmptyAllTables =
    "DO $$ DECLARE t text; BEGIN SET LOCAL session_replication_role = replica;"
    " FOR t IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()"
    " AND tablename <> 'schema_migrations' LOOP EXECUTE 'DELETE FROM ' || t; END LOOP; END $$";

/// A migrated PostgreSQL schema that no test uses now. Making one takes longer than most tests.
class SpareSchema {
  public:
    ~SpareSchema() {
        try {
            if (!name_.empty()) drop(name_);
        } catch (const std::exception&) {  // the server is gone, and the schema with it
        }
    }
    /// Empty when there is none.
    std::string take() { return std::exchange(name_, {}); }
    void keep(const std::string& name, const std::string& url) {
        if (!name_.empty()) return drop(name);
        run_sql(url, kEmptyAllTables);
        name_ = name;
    }
    static void drop(const std::string& name) {
        run_sql(postgresql_url(), "DROP SCHEMA " + name + " CASCADE");
    }

  private:
    std::string name_;
};

std::string new_schema() {
    std::string name = "test_" + ids::new_uuid();
    std::erase(name, '-');
    run_sql(postgresql_url(), "CREATE SCHEMA " + name);
    return name;
}

using Factory = std::unique_ptr<TestDatabase> (*)(bool migrated);

void run_on(Factory factory, bool migrated, const std::function<void(TestDatabase&)>& body) {
    if (const auto database = factory(migrated)) {
        body(*database);
        return;
    }
    static const bool told = [] {
        MESSAGE("PostgreSQL is skipped: ATELIER_TEST_POSTGRESQL_URL names no server");
        return true;
    }();
    (void)told;
}

void run_on_each(bool migrated, const std::function<void(TestDatabase&)>& body) {
    SUBCASE("SQLite") {
        run_on(&TestDatabase::sqlite, migrated, body);
    }
    SUBCASE("PostgreSQL") {
        run_on(&TestDatabase::postgresql, migrated, body);
    }
}

}  // namespace

std::unique_ptr<TestDatabase> TestDatabase::sqlite(bool migrated) {
    std::string folder = (std::filesystem::temp_directory_path() / "atelier store XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    return std::unique_ptr<TestDatabase>(new TestDatabase(
        {.url = "sqlite://" + folder + "/test.db"}, [folder](bool) { std::filesystem::remove_all(folder); },
        migrated));
}

std::unique_ptr<TestDatabase> TestDatabase::postgresql(bool migrated) {
    const char* url = postgresql_url();
    if (!url) return nullptr;
    static SpareSchema spare;
    std::string schema = migrated ? spare.take() : "";
    if (schema.empty()) schema = new_schema();
    const std::string own_url =
        fmt::format("postgresql://{} options='-csearch_path={}'", store::parse_url(url)->connect, schema);
    const auto remove = [schema, own_url, migrated](bool altered) {
        if (migrated && !altered) {
            spare.keep(schema, own_url);
        } else {
            SpareSchema::drop(schema);
        }
    };
    return std::unique_ptr<TestDatabase>(new TestDatabase({.url = own_url}, remove, migrated));
}

TestDatabase::TestDatabase(store::DatabaseSettings settings, std::function<void(bool)> remove, bool migrated)
    : settings_(std::move(settings)), remove_(std::move(remove)) {
    if (!migrated) return;
    store::migrate(settings_).value();
    database_ = std::move(store::Database::open(settings_).value());
}

TestDatabase::~TestDatabase() {
    database_.reset();
    try {
        remove_(altered_);
    } catch (const std::exception& failure) {
        MESSAGE("left behind: " << failure.what());
    }
}

void TestDatabase::reopen(int pool_size, int acquire_timeout_ms) {
    settings_.pool_size = pool_size;
    settings_.acquire_timeout_ms = acquire_timeout_ms;
    database_.reset();
    database_ = std::move(store::Database::open(settings_).value());
}

void TestDatabase::execute(const std::string& statements) {
    altered_ = true;
    change_rows(statements);
}

void TestDatabase::change_rows(const std::string& statements) {
    run_sql(settings_.url, statements);
}

void for_each_database(const std::function<void(TestDatabase&)>& body) {
    run_on_each(true, body);
}
void for_each_empty_database(const std::function<void(TestDatabase&)>& body) {
    run_on_each(false, body);
}

Tenant insert_tenant(TestDatabase& database, std::int64_t balance) {
    const Tenant tenant{ids::new_id<OrganizationId>(), ids::new_id<UserId>()};
    const auto& organization = tenant.organization.value;
    database.change_rows(fmt::format(
        "INSERT INTO organizations (id, name, balance, created_at) VALUES ('{0}', 'Studio', {1}, "
        "atelier_now());"
        "INSERT INTO users (id, organization_id, email, password_hash, role, created_at, updated_at) VALUES"
        " ('{2}', '{0}', '{2}@example.org', 'x', 'admin', atelier_now(), atelier_now());",
        organization, balance, tenant.user.value));
    return tenant;
}

}  // namespace atelier::testing
