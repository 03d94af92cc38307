#pragma once
// The pair of tokens that a client holds: an access token that nothing stores (a JWT), and a refresh token of
// which only the hash is stored. Refresh tokens rotate; one that comes twice ends its family.

#include <string>
#include <string_view>

#include "api/services.hpp"
#include "common/store/users.hpp"

namespace atelier::api::auth {

struct Tokens {
    std::string access, refresh;
    int expires_in_s = 0;  ///< of the access token
};
/// {"access_token", "refresh_token", "token_type", "expires_in"}
json::Value to_json(const Tokens& tokens);

/// A new sign-in of somebody whose password was right. Error: unauthenticated when the account is switched
/// off by now.
Result<Tokens> sign_in(ApiServices& services, const store::User& user);

/// Spends the refresh token. Error: unauthenticated, without saying why.
Result<Tokens> rotate(ApiServices& services, std::string_view refresh_token);

/// Ends the sign-in that the refresh token belongs to; an unknown one changes nothing.
Result<void> sign_out(ApiServices& services, std::string_view refresh_token);

}  // namespace atelier::api::auth
