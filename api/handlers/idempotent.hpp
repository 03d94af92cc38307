#pragma once
// POSTs that create: at most once for an Idempotency-Key.

#include <functional>
#include <optional>

#include "api/handlers/exchange.hpp"
#include "common/store/idempotency.hpp"

namespace soci {
class session;
}

namespace atelier::api {

/// What a creating handler made, in one transaction.
struct Created {
    int status = 201;
    json::Value body;
    std::function<void()> after_commit =
        {};  ///< announcements; not repeated when a stored answer is given again
};

/// The request's Idempotency-Key, if it has one. Error: validation_failed on a key that cannot be one.
Result<std::optional<store::IdempotencyKey>> idempotency_key(const Request& request);
/// What tells whether two requests are the same: method, path and body. Keyed, since a body may hold a
/// password and the database keeps what this gives.
std::string fingerprint(const Request& request, const ApiServices& services);

/// Runs `work` in a transaction and answers with what it made. With an `Idempotency-Key` (1…200 printable
/// characters) the answer is stored in that same transaction: the same key and request get it again (with
/// `Idempotent-Replayed: true`), another request under the key is 422, and while the first still runs 409. A
/// failure frees the key. `work` may run more than once.
Reply create_once(const Request& request, ApiServices& services,
                  const std::function<Result<Created>(soci::session&)>& work);

}  // namespace atelier::api
