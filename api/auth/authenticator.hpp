#pragma once
// Who asks: from the access token of a request to a principal.

#include "api/http/request.hpp"
#include "api/services.hpp"

namespace atelier::api::auth {

/// Checks the bearer token's signature and times. For admin routes the role and the account's state are read
/// again from the database, so that a demoted admin loses the door at once; on the others a token counts
/// until it expires or its user is deactivated (looked up at most every few seconds, see kRecheck). Error:
/// unauthenticated.
Result<http::Principal> authenticate(const http::Request& request, ApiServices& services);

}  // namespace atelier::api::auth
