#include "common/store/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace atelier::store {
namespace {

constexpr std::string_view kSqliteScheme = "sqlite://";
constexpr std::string_view kPostgresScheme = "postgresql://";
constexpr int kBusyTimeoutMs = 10'000;

constexpr const char* kSqliteSetup =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;";

// The server's side of DatabaseSettings::silence_timeout_ms: what a client that vanished holds is free again
// after 10 s, and its session goes within a minute.
constexpr const char* kPostgresSetup =
    "SET statement_timeout = '10s'; SET lock_timeout = '8s'; SET idle_in_transaction_session_timeout = "
    "'10s';"
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;"
    "SET client_min_messages = warning; SET timezone = 'UTC';"
    // Every statement finds its rows by key. Plans that follow statistics are wrong while tables grow (they
    // are kept with the prepared statement, and a batch is guessed at 100 rows): always take the index.
    "SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan";

// A dead peer is noticed within about 15 s, also while we wait for its answer; one whose kernel still answers
// is the watchdog's.
constexpr std::array<std::pair<const char*, const char*>, 7> kPostgresDefaults{{
    {"connect_timeout", "5"},
    {"application_name", "atelier"},
    {"client_encoding", "UTF8"},
    {"keepalives_idle", "10"},
    {"keepalives_interval", "3"},
    {"keepalives_count", "2"},
    {"tcp_user_timeout", "15000"},
}};

Error bad_url(std::string message) {
    return invalid("database_url", "format", std::move(message));
}

Result<Endpoint> parse_sqlite(std::string_view path) {
    if (!path.starts_with('/')) return bad_url("A SQLite URL names an absolute path: sqlite:///path/file.db");
    if (path.find('"') != path.npos) return bad_url("A SQLite path may not contain a quotation mark.");
    return Endpoint{Dialect::sqlite, fmt::format("dbname=\"{}\"", path)};
}

void append_option(std::string& out, std::string_view key, std::string_view value) {
    out.append(out.empty() ? "" : " ").append(key).append("='");
    for (const char c : value) {
        if (c == '\'' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('\'');
}

Result<Endpoint> parse_postgresql(std::string_view url) {
    const std::string_view rest = url.substr(kPostgresScheme.size());
    const auto punctuation = rest.find_first_of("=@/?:[");
    const bool keywords = punctuation != rest.npos && rest[punctuation] == '=';
    char* problem = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(std::string(keywords ? rest : url).c_str(), &problem), &PQconninfoFree);
    if (!options) {
        PQfreemem(problem);  // it may quote the password
        return bad_url("The PostgreSQL URL cannot be parsed.");
    }
    Endpoint endpoint{Dialect::postgresql, {}};
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (option->val) append_option(endpoint.connect, option->keyword, option->val);
        for (const auto& [key, value] : kPostgresDefaults) {
            if (!option->val && std::string_view(option->keyword) == key)
                append_option(endpoint.connect, key, value);
        }
    }
    return endpoint;
}

sqlite_api::sqlite3* sqlite_handle(soci::session& session) {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}
PGconn* postgres_handle(soci::session& session) {
    return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}
bool is_sqlite(soci::session& session) {
    return session.get_backend_name() == "sqlite3";
}

void sqlite_now(sqlite_api::sqlite3_context* context, int, sqlite_api::sqlite3_value**) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    sqlite_api::sqlite3_result_int64(context,
                                     std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

bool is_busy(const soci::sqlite3_soci_error& failure) {
    return (failure.result() & 0xff) == SQLITE_BUSY;
}

// Changing to WAL does not wait for other processes that are opening the same new file: try for a while.
void set_up_sqlite(soci::session& session) {
    for (int attempt = 1;; ++attempt) {
        try {
            execute(session, kSqliteSetup);
            return;
        } catch (const soci::sqlite3_soci_error& failure) {
            if (!is_busy(failure) || attempt == 100) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

std::string execute_sqlite(soci::session& session, const std::string& statements) {
    char* text = nullptr;
    sqlite_api::sqlite3* handle = sqlite_handle(session);
    const int code = sqlite_api::sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, &text);
    const std::unique_ptr<char, decltype(&sqlite_api::sqlite3_free)> owned(text, &sqlite_api::sqlite3_free);
    if (code != SQLITE_OK) throw soci::sqlite3_soci_error(text ? text : "SQLite failed", code);
    return {};
}

std::string execute_postgres(soci::session& session, const std::string& statements) {
    PGconn* handle = postgres_handle(session);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle, statements.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        throw soci::postgresql_soci_error(PQerrorMessage(handle), state ? state : "08006");
    }
    return PQcmdStatus(result.get());
}

Fault classify_sqlite(const soci::sqlite3_soci_error& failure) {
    const int code = failure.result();
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return Fault::unique_violation;
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
            return Fault::unavailable;
        default:
            return Fault::other;
    }
}

Fault classify_postgres(const soci::postgresql_soci_error& failure) {
    const std::string state = failure.sqlstate();
    if (state == "23505") return Fault::unique_violation;
    if (state == "40001" || state == "40P01") return Fault::transient;
    if (state.starts_with("08") || state.starts_with("57P")) return Fault::lost;
    if (state.starts_with("53") || state == "55P03" || state == "57014") return Fault::unavailable;
    return Fault::other;
}

}  // namespace

Result<Endpoint> parse_url(std::string_view url) {
    if (url.starts_with(kSqliteScheme)) return parse_sqlite(url.substr(kSqliteScheme.size()));
    if (url.starts_with(kPostgresScheme)) return parse_postgresql(url);
    return bad_url("A database URL begins with sqlite:// or postgresql://");
}

std::unique_ptr<Session> connect(const Endpoint& endpoint) {
    if (endpoint.dialect == Dialect::postgresql) {
        auto session = std::make_unique<Session>(soci::postgresql, endpoint.connect);
        PQsetNoticeProcessor(
            postgres_handle(*session), [](void*, const char*) {}, nullptr);
        execute(*session, kPostgresSetup);
        return session;
    }
    auto session = std::make_unique<Session>(soci::sqlite3, endpoint.connect);
    sqlite_api::sqlite3* handle = sqlite_handle(*session);
    sqlite_api::sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    sqlite_api::sqlite3_extended_result_codes(handle, 1);
    sqlite_api::sqlite3_create_function(handle, "atelier_now", 0, SQLITE_UTF8, nullptr, &sqlite_now, nullptr,
                                        nullptr);
    set_up_sqlite(*session);
    return session;
}

int socket_of(soci::session& session) {
    return is_sqlite(session) ? -1 : PQsocket(postgres_handle(session));
}

std::string execute(soci::session& session, const std::string& statements) {
    return is_sqlite(session) ? execute_sqlite(session, statements) : execute_postgres(session, statements);
}

Fault classify(const std::exception& failure, soci::session& session) {
    if (!is_sqlite(session) && PQstatus(postgres_handle(session)) != CONNECTION_OK) return Fault::lost;
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&failure))
        return classify_sqlite(*sqlite);
    if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&failure)) {
        return classify_postgres(*postgres);
    }
    return Fault::other;
}

std::string message_of(const std::exception& failure) {
    const auto* database = dynamic_cast<const soci::soci_error*>(&failure);
    std::string message = database ? database->get_error_message() : failure.what();
    while (!message.empty() && message.back() == '\n')
        message.pop_back();
    return message;
}

}  // namespace atelier::store
