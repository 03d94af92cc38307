#include "common/store/prepared.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace atelier::store {
namespace {

std::string with(std::string text, std::string_view mark, std::string_view replacement) {
    if (const auto at = text.find(mark); at != text.npos) text.replace(at, mark.size(), replacement);
    return text;
}

std::string postgresql_source(std::string_view columns) {
    return fmt::format("json_to_recordset(CAST(:rows AS json)) AS r({})", columns);
}

/// `(SELECT json_extract(value, '$.name') AS name, … FROM json_each(:rows)) AS r`
std::string sqlite_source(std::string_view columns) {
    std::string list;
    while (!columns.empty()) {
        const auto end = std::min(columns.find(','), columns.size());
        std::string_view name = columns.substr(0, end);
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        name = name.substr(0, name.find(' '));
        list += fmt::format("{}json_extract(value, '$.{}') AS {}", list.empty() ? "" : ", ", name, name);
        columns.remove_prefix(std::min(end + 1, columns.size()));
    }
    return fmt::format("(SELECT {} FROM json_each(:rows)) AS r", list);
}

}  // namespace

struct Session::Statements {
    std::unordered_map<std::string, soci::statement> by_text;
};

void Session::Delete::operator()(Statements* statements) const {
    delete statements;
}

soci::statement& Session::prepared(const std::string& text) {
    if (!statements_) statements_.reset(new Statements);
    const auto known = statements_->by_text.find(text);
    if (known != statements_->by_text.end()) return known->second;
    soci::statement statement(*this);
    statement.alloc();
    statement.prepare(text);
    return statements_->by_text.emplace(text, statement).first->second;
}

void Session::forget(const std::string& text) {
    if (statements_) statements_->by_text.erase(text);
}

Prepared::Prepared(std::string_view text, std::string_view columns)
    : texts_{std::string(text), std::string(text)} {
    auto& [postgresql, sqlite] = texts_;
    postgresql = with(with(std::move(postgresql), "{for update}", "FOR NO KEY UPDATE"), "{skip locked}",
                      "FOR NO KEY UPDATE SKIP LOCKED");
    sqlite = with(with(std::move(sqlite), "{for update}", ""), "{skip locked}", "");
    if (columns.empty()) return;
    postgresql = with(std::move(postgresql), "{rows}", postgresql_source(columns));
    sqlite = with(std::move(sqlite), "{rows}", sqlite_source(columns));
}

const std::string& Prepared::text(soci::session& session) const {
    return texts_[session.get_backend_name() == "postgresql" ? 0 : 1];
}

}  // namespace atelier::store
