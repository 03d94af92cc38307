#pragma once
// Refresh tokens, known only by their hash. A family is one sign-in and its rotations; presenting a token a
// second time means that it was stolen, and ends the family.

#include <cstdint>
#include <string>

#include "common/errors/error.hpp"
#include "common/ids/id.hpp"
#include "common/store/users.hpp"

namespace soci {
class session;
}

namespace atelier::store {

void issue_refresh_token(soci::session& session, const std::string& hash, const TokenFamilyId& family,
                         const UserId& user, std::int64_t lifetime_ms);

struct Rotation {
    /// refused: unknown, expired, revoked, or its user is not active. reused: spent before; its family is now
    /// revoked.
    enum class Outcome { rotated, refused, reused };
    Outcome outcome = Outcome::refused;
    User user;  ///< whose it is, when rotated
};
/// Spends the token `hash` and issues `next_hash` in its family. Of two callers with one token exactly one
/// rotates. All outcomes are values: the revocation must be committed although the client gets an error.
Rotation rotate_refresh_token(soci::session& session, const std::string& hash, const std::string& next_hash,
                              std::int64_t lifetime_ms);

/// Signing out: ends the family of this token. False when the token is unknown.
bool revoke_token_family(soci::session& session, const std::string& hash);
void revoke_user_tokens(soci::session& session, const UserId& user);
/// Forgets tokens that expired more than `age_ms` ago. Returns how many.
long long sweep_refresh_tokens(soci::session& session, std::int64_t age_ms);

}  // namespace atelier::store
