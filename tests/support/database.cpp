#include "tests/support/database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <soci/soci.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

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
        {.url = "sqlite://" + folder + "/test.db"}, [folder] { std::filesystem::remove_all(folder); },
        migrated));
}

std::unique_ptr<TestDatabase> TestDatabase::postgresql(bool migrated) {
    const char* url = postgresql_url();
    if (!url) return nullptr;
    std::string schema = "test_" + ids::new_uuid();
    std::erase(schema, '-');
    run_sql(url, "CREATE SCHEMA " + schema);
    const std::string keywords = store::parse_url(url)->connect;
    return std::unique_ptr<TestDatabase>(new TestDatabase(
        {.url = fmt::format("postgresql://{} options='-csearch_path={}'", keywords, schema)},
        [url, schema] { run_sql(url, "DROP SCHEMA " + schema + " CASCADE"); }, migrated));
}

TestDatabase::TestDatabase(store::DatabaseSettings settings, std::function<void()> remove, bool migrated)
    : settings_(std::move(settings)), remove_(std::move(remove)) {
    if (!migrated) return;
    store::migrate(settings_).value();
    database_ = std::move(store::Database::open(settings_).value());
}

TestDatabase::~TestDatabase() {
    database_.reset();
    try {
        remove_();
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
    database.execute(fmt::format(
        "INSERT INTO organizations (id, name, balance, created_at) VALUES ('{0}', 'Studio', {1}, "
        "atelier_now());"
        "INSERT INTO users (id, organization_id, email, password_hash, role, created_at, updated_at) VALUES"
        " ('{2}', '{0}', '{2}@example.org', 'x', 'admin', atelier_now(), atelier_now());",
        organization, balance, tenant.user.value));
    return tenant;
}

}  // namespace atelier::testing
