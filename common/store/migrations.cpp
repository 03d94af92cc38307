#include "common/store/migrations.hpp"

#include <fmt/format.h>
#include <soci/soci.h>

#include <charconv>
#include <map>
#include <sql_files.hpp>

#include "common/crypto/hash.hpp"
#include "common/log/log.hpp"
#include "common/store/connection.hpp"

namespace atelier::store {
namespace {

struct Migration {
    int number = 0;
    std::string name, sha, text;
};

/// The embedded files of a dialect, in order.
std::vector<Migration> known_migrations(Dialect dialect) {
    const std::string_view folder = dialect == Dialect::sqlite ? "sqlite/" : "postgresql/";
    std::vector<Migration> known;
    for (const sql_files::File& file : sql_files::files()) {
        if (!file.path.starts_with(folder)) continue;
        const std::string_view name = file.path.substr(folder.size());
        int number = 0;
        std::from_chars(name.data(), name.data() + name.size(), number);
        known.push_back(
            {number, std::string(name), crypto::to_hex(crypto::sha256(file.text)), std::string(file.text)});
    }
    return known;
}

using Applied = std::map<int, std::string>;  // number → sha

bool has_migrations_table(soci::session& session, Dialect dialect) {
    int count = 0;
    session << (dialect == Dialect::sqlite
                    ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
                    : "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = "
                      "'schema_migrations'"),
        soci::into(count);
    return count > 0;
}

Applied applied_migrations(soci::session& session, Dialect dialect) {
    Applied applied;
    if (!has_migrations_table(session, dialect)) return applied;
    int number = 0;
    std::string sha;
    soci::statement rows =
        (session.prepare << "SELECT number, sha FROM schema_migrations", soci::into(number), soci::into(sha));
    rows.execute();
    while (rows.fetch())
        applied[number] = sha;
    return applied;
}

Result<void> compare(const std::vector<Migration>& known, const Applied& applied) {
    if (!applied.empty() && applied.rbegin()->first > static_cast<int>(known.size())) {
        return conflict(
            fmt::format("The database is at schema {}, this program knows {}: it is too old for it.",
                        applied.rbegin()->first, known.size()));
    }
    for (const Migration& migration : known) {
        const auto found = applied.find(migration.number);
        if (found != applied.end() && found->second != migration.sha) {
            return conflict(
                fmt::format("The database was migrated with another version of {}.", migration.name));
        }
    }
    return {};
}

constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha TEXT "
    "NOT NULL,"
    " applied_at BIGINT NOT NULL)";

// The lock is the transaction's: of this schema on PostgreSQL, of the file on SQLite.
void begin_alone(soci::session& session, Dialect dialect) {
    if (dialect == Dialect::sqlite) {
        execute(session, "BEGIN IMMEDIATE");
        return;
    }
    execute(session, "SET statement_timeout = 0; SET lock_timeout = '5min'");
    execute(session, "BEGIN");
    execute(session, "SELECT pg_advisory_xact_lock(1635018092, hashtext(current_schema()::text))");
}

/// Applies the first missing migration. False when there is none.
Result<bool> apply_next(soci::session& session, Dialect dialect, const std::vector<Migration>& known) {
    execute(session, kCreateTable);
    const Applied applied = applied_migrations(session, dialect);
    if (const auto fits = compare(known, applied); fits.has_error()) return fits.error();
    for (const Migration& migration : known) {
        if (applied.contains(migration.number)) continue;
        execute(session, migration.text);
        session
            << "INSERT INTO schema_migrations (number, name, sha, applied_at) VALUES (:number, :name, :sha,"
               " atelier_now())",
            soci::use(migration.number), soci::use(migration.name), soci::use(migration.sha);
        log::info("Applied schema migration {}", migration.name);
        return true;
    }
    return false;
}

Result<void> apply_all(soci::session& session, Dialect dialect) {
    const std::vector<Migration> known = known_migrations(dialect);
    for (;;) {
        begin_alone(session, dialect);
        const Result<bool> applied = apply_next(session, dialect, known);
        execute(session, applied.has_value() ? "COMMIT" : "ROLLBACK");
        if (applied.has_error()) return applied.error();
        if (!*applied) return {};
    }
}

}  // namespace

Result<void> check_schema(soci::session& session, Dialect dialect) {
    const std::vector<Migration> known = known_migrations(dialect);
    const Applied applied = applied_migrations(session, dialect);
    if (const auto fits = compare(known, applied); fits.has_error()) return fits;
    if (applied.size() != known.size()) {
        return conflict(fmt::format("The database is at schema {}, this program needs {}: migrate it.",
                                    applied.size(), known.size()));
    }
    return {};
}

Result<void> migrate(const DatabaseSettings& settings) {
    if (auto wrong = settings.check(); !wrong.empty()) return invalid(std::move(wrong));
    const Endpoint endpoint = *parse_url(settings.url);
    try {
        return apply_all(*connect(endpoint), endpoint.dialect);
    } catch (const std::exception& failure) {
        log::error("Migration failed: {}", message_of(failure));
        return unavailable("The database could not be migrated: " + message_of(failure));
    }
}

}  // namespace atelier::store
