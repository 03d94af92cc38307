#include "common/store/prepared.hpp"

#include <fmt/format.h>

#include <cctype>
#include <unordered_map>
#include <unordered_set>

#include "common/store/connection.hpp"

namespace atelier::store {
namespace {

std::string with(std::string text, std::string_view mark, std::string_view replacement) {
    if (const auto at = text.find(mark); at != text.npos) text.replace(at, mark.size(), replacement);
    return text;
}

/// Replaces `{in COLUMN}`.
std::string with_keys(std::string text, std::string_view condition) {
    for (auto at = text.find("{in "); at != text.npos; at = text.find("{in ", at)) {
        const auto end = text.find('}', at);
        const std::string column = text.substr(at + 4, end - at - 4);
        text.replace(at, end + 1 - at, fmt::format(fmt::runtime(condition), column));
    }
    return text;
}

std::string postgresql_rows(std::string_view columns) {
    return fmt::format(
        "WITH r AS MATERIALIZED (SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS rows({})) ",
        columns);
}

std::string sqlite_rows(std::string_view columns) {
    std::string list;
    while (!columns.empty()) {
        const auto end = std::min(columns.find(','), columns.size());
        std::string_view name = columns.substr(0, end);
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        name = name.substr(0, name.find(' '));
        list += fmt::format("{}json_extract(value, '$.{}') AS {}", list.empty() ? "" : ", ", name, name);
        columns.remove_prefix(std::min(end + 1, columns.size()));
    }
    return fmt::format("WITH r AS MATERIALIZED (SELECT {} FROM json_each(:rows)) ", list);
}

/// `$1`, `$2` … for the `:name`s, in their order; not in string literals, not for `::`.
std::string with_numbers(std::string_view text) {
    std::string out;
    int count = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'') quoted = !quoted;
        const bool is_name = !quoted && text[i] == ':' && (i == 0 || text[i - 1] != ':') &&
                             i + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[i + 1]));
        if (!is_name) {
            out += text[i];
            continue;
        }
        out += fmt::format("${}", ++count);
        while (i + 1 < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[i + 1])) || text[i + 1] == '_'))
            ++i;
    }
    return out;
}

/// SOCI tells its logger of every statement before it sends it: the moment for what waits.
class SendFirst : public soci::logger_impl {
  public:
    explicit SendFirst(Session& session) : session_(session) {}
    void start_query(const std::string&) override { session_.flush(); }

  private:
    soci::logger_impl* do_clone() const override { return new SendFirst(session_); }
    Session& session_;
};

}  // namespace

struct Session::Statements {
    std::unordered_map<std::string, soci::statement> by_text;
    std::unordered_map<std::string, std::string>
        piped;      ///< names of those that were sent later, by their texts
    int names = 0;  ///< given so far; none is given twice
};

void Session::Delete::operator()(Statements* statements) const {
    delete statements;
}

Session::Session(const soci::backend_factory& database, const std::string& parameters)
    : soci::session(database, parameters), statements_(new Statements) {
    set_logger(soci::logger(new SendFirst(*this)));
}

soci::statement& Session::prepared(const std::string& text) {
    const auto known = statements_->by_text.find(text);
    if (known != statements_->by_text.end()) return known->second;
    soci::statement statement(*this);
    statement.alloc();
    statement.prepare(text);
    return statements_->by_text.emplace(text, statement).first->second;
}

void Session::forget(const std::string& text) {
    statements_->by_text.erase(text);
}

void Session::later(const Prepared& sql, std::vector<std::string> parameters) {
    if (get_backend_name() == "postgresql") {
        waiting_.push_back({.text = sql.numbered(), .parameters = std::move(parameters)});
        return;
    }
    details::with_prepared(
        *this, sql,
        [&](auto& binder) {
            for (const std::string& parameter : parameters)
                static_cast<void>(binder.operator,(soci::use(parameter)));
        },
        [](soci::statement& statement) { return statement.execute(true); });
}

void Session::flush() {
    if (!waiting_.empty()) send(std::exchange(waiting_, {}));
}

std::string Session::commit() {
    if (waiting_.empty()) return execute(*this, "COMMIT");
    auto statements = std::exchange(waiting_, {});
    statements.push_back({.text = "COMMIT"});
    return send(std::move(statements));
}

void Session::rollback() {
    waiting_.clear();
    execute(*this, "ROLLBACK");
}

std::string Session::send(std::vector<Piped> statements) {
    for (Piped& statement : statements) {
        if (statement.parameters.empty()) continue;
        const auto known = statements_->piped.find(statement.text);
        statement.is_new = known == statements_->piped.end();
        statement.prepared = statement.is_new ? fmt::format("later_{}", ++statements_->names) : known->second;
        if (statement.is_new) statements_->piped.emplace(statement.text, statement.prepared);
    }
    try {
        return run_pipeline(*this, statements);
    } catch (...) {
        // Whether the new ones were prepared is not known.
        for (const Piped& statement : statements)
            if (statement.is_new) statements_->piped.erase(statement.text);
        throw;
    }
}

Prepared::Prepared(std::string_view text, std::string_view columns)
    : texts_{std::string(text), std::string(text)} {
    auto& [postgresql, sqlite] = texts_;
    postgresql = with(with(std::move(postgresql), "{for update}", "FOR NO KEY UPDATE"), "{skip locked}",
                      "FOR NO KEY UPDATE SKIP LOCKED");
    sqlite = with(with(std::move(sqlite), "{for update}", ""), "{skip locked}", "");
    if (!columns.empty()) {
        postgresql =
            postgresql_rows(columns) + with_keys(std::move(postgresql), "= ANY (ARRAY(SELECT {} FROM r))");
        sqlite = sqlite_rows(columns) + with_keys(std::move(sqlite), "IN (SELECT {} FROM r)");
    }
    numbered_ = with_numbers(postgresql);
}

const std::string& Prepared::text(soci::session& session) const {
    return texts_[session.get_backend_name() == "postgresql" ? 0 : 1];
}

}  // namespace atelier::store
