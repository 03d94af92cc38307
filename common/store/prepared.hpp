#pragma once
// Statements that stay prepared on their session, and the way to hand one a whole batch of rows. Private to
// common/store.
//
// A batch travels as one JSON array of objects in one parameter, `:rows`, which the database unfolds into a
// table `r`; so the text of the statement is the same for any number of rows. In the text, `{rows}` stands
// for that table, and its columns need names that the other tables of the statement do not have;
// `{for update}` and `{skip locked}` stand for row locks where the database has them.

#include <array>
#include <string>
#include <string_view>

#include "common/store/sql.hpp"

namespace atelier::store {

/// A session that remembers its prepared statements: what connect() makes, and what every repository gets.
class Session : public soci::session {
  public:
    using soci::session::session;
    Session(const Session&) = delete;

    /// The statement of this text, prepared on first use, with nothing bound.
    soci::statement& prepared(const std::string& text);
    /// It failed: prepare it anew next time.
    void forget(const std::string& text);

  private:
    struct Statements;
    struct Delete {
        void operator()(Statements*) const;
    };
    // Ends before the connection that it belongs to.
    std::unique_ptr<Statements, Delete> statements_;
};

/// A statement's text for both databases; build it once, as a constant.
class Prepared {
  public:
    /// `columns` of `{rows}`: `"task text, dispatched bigint"`; the types are text, bigint and double
    /// precision.
    Prepared(std::string_view text, std::string_view columns = {});
    const std::string& text(soci::session& session) const;

  private:
    std::array<std::string, 2> texts_;
};

namespace details {

/// Takes `prepared, soci::into(x), soci::use(y)` for a statement.
struct Binder {
    soci::statement& statement;
    template <class Exchanged>
    Binder& operator,(Exchanged&& exchanged) {
        statement.exchange(std::forward<Exchanged>(exchanged));
        return *this;
    }
};

/// Runs `body(statement)` with everything bound by `bind(binder)`.
template <class Bind, class Body>
auto with_prepared(soci::session& session, const Prepared& sql, Bind&& bind, Body&& body) {
    auto& own = static_cast<Session&>(session);
    const std::string& text = sql.text(session);
    try {
        soci::statement& statement = own.prepared(text);
        Binder binder{statement};
        bind(binder);
        statement.define_and_bind();
        auto result = body(statement);
        statement.bind_clean_up();
        return result;
    } catch (...) {
        own.forget(text);
        throw;
    }
}

}  // namespace details

/// Runs the statement and returns how many rows it changed.
template <class... Uses>
long long changed(soci::session& session, const Prepared& sql, Uses&&... uses) {
    return details::with_prepared(
        session, sql,
        [&](auto& binder) { (static_cast<void>(binder.operator,(std::forward<Uses>(uses))), ...); },
        [](soci::statement& statement) {
            statement.execute(true);
            return statement.get_affected_rows();
        });
}

/// All rows that the statement gives. `bind` as in select_all of sql.hpp.
template <class Row, class Bind, class... Uses>
std::vector<Row> select_all(soci::session& session, const Prepared& sql, Bind&& bind, Uses&&... uses) {
    Row row{};
    return details::with_prepared(
        session, sql,
        [&](auto& binder) {
            bind(binder, row);
            (static_cast<void>(binder.operator,(std::forward<Uses>(uses))), ...);
        },
        [&](soci::statement& statement) {
            std::vector<Row> rows;
            // To its end, so that SQLite lets go of what the statement reads.
            for (bool more = statement.execute(true); more; more = statement.fetch())
                rows.push_back(row);
            return rows;
        });
}

}  // namespace atelier::store
