#pragma once
// Real databases for tests: SQLite in a temporary folder always, PostgreSQL when ATELIER_TEST_POSTGRESQL_URL
// is set.

#include <functional>
#include <memory>
#include <string>

#include "common/ids/id.hpp"
#include "common/store/database.hpp"

namespace atelier::testing {

/// An empty database, migrated and open; gone with this object. On PostgreSQL it is a schema, which the next
/// test of this process takes over, emptied, unless this one has altered it.
class TestDatabase {
  public:
    static std::unique_ptr<TestDatabase> sqlite(bool migrated = true);
    /// Null when the environment names no server.
    static std::unique_ptr<TestDatabase> postgresql(bool migrated = true);
    ~TestDatabase();

    store::Database& operator*() { return *database_; }
    store::Database* operator->() { return database_.get(); }
    const store::DatabaseSettings& settings() const { return settings_; }

    /// Closes it and opens it again.
    void reopen(int pool_size, int acquire_timeout_ms);
    /// Runs statements outside any pool; they may alter the schema.
    void execute(const std::string& statements);
    /// The same for statements that only change rows.
    void change_rows(const std::string& statements);

  private:
    /// `remove` is told whether the schema may have been altered.
    TestDatabase(store::DatabaseSettings settings, std::function<void(bool)> remove, bool migrated);

    store::DatabaseSettings settings_;
    std::function<void(bool)> remove_;
    bool altered_ = false;
    std::unique_ptr<store::Database> database_;
};

/// Runs `body` once per database, as doctest subcases; `body` may hold subcases of its own.
void for_each_database(const std::function<void(TestDatabase&)>& body);
/// The same with databases that are empty and not open.
void for_each_empty_database(const std::function<void(TestDatabase&)>& body);

/// An organization with one user, inserted by plain SQL.
struct Tenant {
    OrganizationId organization;
    UserId user;
};
Tenant insert_tenant(TestDatabase& database, std::int64_t balance = 1000);

}  // namespace atelier::testing
