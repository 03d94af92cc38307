#pragma once
// The pool of database sessions, and the one way to use them: a function run in a transaction.
//
// Repositories (the other files of this folder) are free functions that take a `soci::session&`; they hold
// all SQL. Only .cpp files of common/store include SOCI itself.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "common/errors/error.hpp"

namespace soci {
class session;
}

namespace atelier::store {

struct DatabaseSettings {
    /// `sqlite:///absolute/path.db`, or `postgresql://` followed by a libpq keyword string or the rest of a
    /// libpq URI.
    std::string url;
    int pool_size = 8;                ///< sessions kept open; callers beyond that wait
    int acquire_timeout_ms = 10'000;  ///< then the answer is `unavailable`
    /// A PostgreSQL connection that owes an answer for longer is given up. Longer than the server lets a
    /// statement run (10 s); a request that waits for it once, and then in vain for another, is answered
    /// within two of the broker's heartbeats and five seconds.
    int silence_timeout_ms = 12'000;
    std::vector<FieldError> check() const;
};

enum class Dialect { sqlite, postgresql };

/// Thread-safe. Every call blocks; call from worker or pool threads, never from an I/O thread.
class Database {
  public:
    /// Opens the pool and checks that the server answers and the schema is at this program's version (see
    /// migrate()).
    static Result<std::unique_ptr<Database>> open(const DatabaseSettings& settings);
    ~Database();

    Dialect dialect() const;

    /// Runs `work(session)` in a transaction (SQLite: BEGIN IMMEDIATE, one writer at a time in this process)
    /// and commits when it returns a value, rolls back when it returns an error or throws.
    ///
    /// `work` returns a Result and may run more than once (serialization failure, deadlock, a connection
    /// found dead before the commit): it must have no effect outside the session. A connection lost during
    /// the commit gives `unavailable`: the outcome is then unknown and the caller's retry must be idempotent.
    /// A violated unique constraint that `work` does not handle gives `conflict`; all else is logged and
    /// gives `internal`.
    template <class Work>
    std::invoke_result_t<Work, soci::session&> write(Work&& work) {
        return run<std::invoke_result_t<Work, soci::session&>>(true, work);
    }

    /// The same for work that only reads: one consistent snapshot, never blocked by the writer.
    template <class Work>
    std::invoke_result_t<Work, soci::session&> read(Work&& work) {
        return run<std::invoke_result_t<Work, soci::session&>>(false, work);
    }

    /// True when a trivial query is answered.
    Result<void> ping();

  private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);

    template <class R, class Work>
    R run(bool writes, Work& work) {
        std::optional<R> outcome;
        const Result<void> ran = transact(writes, [&](soci::session& session) {
            outcome.emplace(work(session));
            return outcome->has_value();
        });
        if (ran.has_error()) return ran.error();
        return std::move(*outcome);
    }
    /// Error only when the transaction itself failed; `work` says whether to commit.
    Result<void> transact(bool writes, const std::function<bool(soci::session&)>& work);

    std::unique_ptr<Impl> impl_;
};

/// Brings the schema up to this program's version, one numbered file of schemas/sql at a time, each in a
/// transaction; safe when several processes start at once. Refuses a database that a newer program has
/// migrated.
Result<void> migrate(const DatabaseSettings& settings);

/// The database's clock, epoch milliseconds.
std::int64_t now_ms(soci::session& session);

/// ` FOR NO KEY UPDATE` on PostgreSQL (keys never change, so foreign keys may be checked meanwhile); empty on
/// SQLite, where a writing transaction is alone anyway.
std::string_view for_update(soci::session& session);

}  // namespace atelier::store
