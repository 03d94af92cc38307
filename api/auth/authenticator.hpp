#pragma once
// Who asks: from the access token of a request to a principal.

#include <optional>

#include "api/http/request.hpp"
#include "api/services.hpp"

namespace atelier::api::auth {

/// Checks the bearer token's signature and times. Role and state of the account come from the database, not
/// from the token: on admin routes afresh, so that a demoted admin loses the door at once, on others at most
/// kRecheck (activity_cache.hpp) old. Errors: unauthenticated; unavailable without a database.
Result<http::Principal> authenticate(const http::Request& request, ApiServices& services);

/// The same answer from what the cache knows, without blocking; nothing when that takes the database.
std::optional<Result<http::Principal>> recognize(const http::Request& request, ApiServices& services);

}  // namespace atelier::api::auth
