#pragma once
// Idempotency keys: the first request with a key runs, later ones get its answer.
//
// begin in its own transaction, before the work; finish in the transaction of the effect, so that the effect
// and the stored answer appear together or not at all.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"

namespace soci {
class session;
}

namespace atelier::store {

/// A key within `scope`: the organization, or the address of an anonymous client.
struct IdempotencyKey {
    std::string scope, key;
};
struct StoredAnswer {
    int status = 0;
    std::string body;
};
struct IdempotencyStart {
    /// mismatch: the key was used for another request (422). running: its first request has not finished
    /// (409).
    enum class Outcome { fresh, answered, mismatch, running };
    Outcome outcome = Outcome::fresh;
    std::int64_t claim = 0;  ///< proves, when fresh, that this request is the one that runs
    StoredAnswer answer;     ///< when answered
};

inline constexpr std::int64_t kIdempotencyTakeoverMs = 60'000;

/// Claims the key, or tells what became of it. A request that has run for kIdempotencyTakeoverMs is believed
/// dead and its key is taken over.
IdempotencyStart begin_idempotent(soci::session& session, const IdempotencyKey& key,
                                  std::string_view request_hash);
/// False when another request has taken the key over: roll back.
bool finish_idempotent(soci::session& session, const IdempotencyKey& key, std::int64_t claim,
                       const StoredAnswer& answer);
/// A request whose answer is known before its effect, which follows in the same transaction.
struct KeyedAnswer {
    IdempotencyKey key;
    std::string request_hash;
    StoredAnswer answer;
};
/// Stores the answers under their keys. False for a key that was taken: nothing is stored for it, and begin
/// tells what became of it.
std::vector<bool> store_answers(soci::session& session, std::span<const KeyedAnswer> answers);
/// The effect did not follow: frees the keys again.
void drop_answers(soci::session& session, std::span<const KeyedAnswer> answers);
/// Frees the key after a failure that the client may retry.
void abandon_idempotent(soci::session& session, const IdempotencyKey& key, std::int64_t claim);
/// Forgets keys older than `age_ms`. Returns how many.
long long sweep_idempotency_keys(soci::session& session, std::int64_t age_ms = 24 * 3'600'000);

}  // namespace atelier::store
