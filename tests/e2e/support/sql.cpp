#include "tests/e2e/support/sql.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <map>
#include <stdexcept>

namespace atelier::e2e {
namespace {

constexpr std::string_view kScheme = "postgresql://";

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// As libpq itself takes it: a URI, or the keywords behind the scheme.
std::string for_libpq(const std::string& url) {
    const std::string rest = url.starts_with(kScheme) ? url.substr(kScheme.size()) : url;
    return rest.find(' ') == std::string::npos ? url : rest;
}

/// The same server, another database.
std::string with_database(const std::string& url, const std::string& name) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(for_libpq(url).c_str(), nullptr));
    if (!options) throw std::runtime_error("no URL of a PostgreSQL: " + url);
    std::map<std::string, std::string> known;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option)
        if (option->val) known[option->keyword] = option->val;
    const std::string password = known.contains("password") ? ":" + known["password"] : "";
    return std::string(kScheme) + known["user"] + password + "@" + known["host"] + ":" + known["port"] + "/" +
           name;
}

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};

}  // namespace

void Sql::Close::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Sql::Sql(const std::string& url) {
    connection_.reset(PQconnectdb(for_libpq(url).c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(connection_.get()));
}

std::vector<std::vector<std::string>> Sql::rows(const std::string& query) {
    const std::unique_ptr<PGresult, ClearResult> result(PQexec(connection_.get(), query.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(PQerrorMessage(connection_.get()));
    std::vector<std::vector<std::string>> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (int column = 0; column < PQnfields(result.get()); ++column)
            rows[row].push_back(PQgetvalue(result.get(), static_cast<int>(row), column));
    return rows;
}

std::string Sql::value(const std::string& query) {
    const auto all = rows(query);
    return all.empty() ? "" : all.front().front();
}

OwnDatabase::OwnDatabase(std::string server_url) : server_url_(std::move(server_url)) {
    static int made = 0;
    name_ = "atelier_e2e_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    Sql(server_url_).rows("CREATE DATABASE " + name_);
    url_ = with_database(server_url_, name_);
}

OwnDatabase::~OwnDatabase() {
    try {
        Sql(server_url_).rows("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {
        // The server goes with the test run.
    }
}

}  // namespace atelier::e2e
