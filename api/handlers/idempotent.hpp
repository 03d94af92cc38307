#pragma once
// POSTs that create: at most once for an Idempotency-Key.

#include <functional>

#include "api/handlers/exchange.hpp"

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

/// Runs `work` in a transaction and answers with what it made. With an `Idempotency-Key` (1…200 printable
/// characters) the answer is stored in that same transaction: the same key and request get it again (with
/// `Idempotent-Replayed: true`), another request under the key is 422, and while the first still runs 409. A
/// failure frees the key. `work` may run more than once.
Reply create_once(const Request& request, ApiServices& services,
                  const std::function<Result<Created>(soci::session&)>& work);

}  // namespace atelier::api
