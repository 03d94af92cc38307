#pragma once
// Statements that stay prepared on their session, and the way to hand one a whole batch of rows. Private to
// common/store.
//
// What a transaction only writes, without looking at what came of it, it may write `later`: PostgreSQL gets
// such statements together, with the commit or before whatever it is asked next, and so in one round trip.
// Each is done in its order before any statement that follows; its failure shows then, or at the commit.
//
// A batch travels as one JSON array of objects in one parameter, `:rows`, which the database unfolds into a
// table `r`; so the text of the statement is the same for any number of rows. `:rows` is the first parameter.
// The columns need names that the other tables of the statement do not have. In the text, `{in COLUMN}`
// stands for "is among that column of r": with it a table is read by its index whatever the planner thinks of
// it, and so every table that is joined to `r` has one. `{for update}` and `{skip locked}` stand for row
// locks where the database has them.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "common/store/pipeline.hpp"
#include "common/store/sql.hpp"

namespace atelier::store {

class Prepared;

/// A session that remembers its prepared statements: what connect() makes, and what every repository gets.
class Session : public soci::session {
  public:
    Session(const soci::backend_factory& database, const std::string& parameters);
    Session(const Session&) = delete;

    /// The statement of this text, prepared on first use, with nothing bound.
    soci::statement& prepared(const std::string& text);
    /// It failed: prepare it anew next time.
    void forget(const std::string& text);

    /// Does it at once on SQLite.
    void later(const Prepared& sql, std::vector<std::string> parameters);
    /// Sends what waits.
    void flush();
    /// Sends what waits and ends the transaction. Returns PostgreSQL's command tag.
    std::string commit();
    /// Forgets what waits and ends the transaction.
    void rollback();

  private:
    struct Statements;
    struct Delete {
        void operator()(Statements*) const;
    };
    std::string send(std::vector<Piped> statements);

    // Ends before the connection that it belongs to.
    std::unique_ptr<Statements, Delete> statements_;
    std::vector<Piped> waiting_;
};

/// A statement's text for both databases; build it once, as a constant.
class Prepared {
  public:
    /// `columns` of `r`, none for a statement without rows: `"task text, dispatched bigint"`; the types are
    /// text, bigint and double precision.
    Prepared(std::string_view text, std::string_view columns = {});
    const std::string& text(soci::session& session) const;
    /// PostgreSQL's, with `$1` for its first parameter.
    const std::string& numbered() const { return numbered_; }

  private:
    std::array<std::string, 2> texts_;
    std::string numbered_;
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
    own.flush();
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

/// Rows of the one column `job`.
inline json::Value job_rows(std::span<const JobId> jobs) {
    json::Value rows = json::Array{};
    for (const JobId& job : jobs)
        rows.push(json::Object{{"job", job.value}});
    return rows;
}

inline std::string as_parameter(const json::Value& value) {
    return json::write(value);
}
inline std::string as_parameter(std::int64_t number) {
    return std::to_string(number);
}
inline std::string as_parameter(std::string text) {
    return text;
}

/// Runs the statement with these parameters before anything that follows, at the latest with the commit.
template <class... Values>
void later(soci::session& session, const Prepared& sql, const Values&... values) {
    static_cast<Session&>(session).later(sql, {as_parameter(values)...});
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
