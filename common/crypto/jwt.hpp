#pragma once
// Access tokens: JSON Web Tokens (RFC 7519) in JWS compact form (RFC 7515), HS256 only (RFC 7518 §3.2),
// following RFC 8725.
//
// The algorithm is pinned: a header that names another one, `none`, or any member besides alg, typ and kid is
// refused before a signature is computed. Every claim below must be present. Any thread.

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::crypto {

struct Claims {
    std::string subject;                    ///< sub: the user's id
    std::string organization;               ///< org
    std::string role;                       ///< role, as it was when the token was signed
    std::string id;                         ///< jti
    std::chrono::sys_seconds issued = {};   ///< iat and nbf
    std::chrono::sys_seconds expires = {};  ///< exp: the first second at which the token no longer counts
    std::string kind = "access";            ///< kind: what the token is for; verify_jwt takes only "access"

    bool operator==(const Claims&) const = default;
};

struct JwtKey {
    std::string id;      ///< kid; may be empty when there is one key
    std::string secret;  ///< at least 32 bytes (RFC 7518 §3.2)
};

struct JwtSettings {
    std::string issuer = "atelier";        ///< iss
    std::string audience = "atelier-api";  ///< aud
    std::chrono::seconds leeway{5};        ///< for nbf and iat of a clock that runs ahead; never added to exp
};

/// Longer tokens are refused unread.
inline constexpr std::size_t kMaxTokenBytes = 4096;

/// Error: internal when the key is too short.
Result<std::string> sign_jwt(const Claims& claims, const JwtKey& key, const JwtSettings& settings = {});

/// The claims of a token that one of the keys signed and that counts now. A token with kid is tried only with
/// that key, one without kid with each. Error: unauthenticated; its message says "expired" for a genuine but
/// old token, else no more than "invalid".
Result<Claims> verify_jwt(std::string_view token, std::span<const JwtKey> keys, std::chrono::sys_seconds now,
                          const JwtSettings& settings = {});

}  // namespace atelier::crypto
