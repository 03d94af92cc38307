#pragma once
// One database session as the pool wants it: opened with our limits, its failures classified. Private to
// common/store.

#include <soci/soci.h>

#include <memory>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"
#include "common/store/database.hpp"
#include "common/store/prepared.hpp"

namespace atelier::store {

struct Endpoint {
    Dialect dialect = Dialect::sqlite;
    std::string connect;  ///< SOCI's connect string; may hold a password
};
/// Error: validation_failed on `database_url`.
Result<Endpoint> parse_url(std::string_view url);

/// SQLite: WAL, synchronous=FULL, foreign keys, 10 s busy timeout, atelier_now(). PostgreSQL: connect,
/// statement and lock timeouts, TCP keepalive. Throws soci::soci_error.
std::unique_ptr<Session> connect(const Endpoint& endpoint);

/// The descriptor on which PostgreSQL's answers arrive; -1 on SQLite.
int socket_of(soci::session& session);

/// Runs statements without parameters or rows, past SOCI's search for `:name`. Returns PostgreSQL's command
/// tag of the last one. Throws like SOCI.
std::string execute(soci::session& session, const std::string& statements);

enum class Fault {
    unique_violation,
    transient,    ///< serialization failure or deadlock: run the transaction again
    lost,         ///< the connection is gone
    unavailable,  ///< busy, out of space, timed out: the caller may try again later
    other,        ///< a bug, as far as the store can tell
};
Fault classify(const std::exception& failure, soci::session& session);

/// What the database said, without the statement's parameters: those may be secrets.
std::string message_of(const std::exception& failure);

}  // namespace atelier::store
