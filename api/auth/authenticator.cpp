#include "api/auth/authenticator.hpp"

#include <chrono>

#include "api/auth/accounts.hpp"

namespace atelier::api::auth {
namespace {

Result<Standing> read_standing(ApiServices& services, const crypto::Claims& claims) {
    auto user = services.db.read([&](soci::session& session) {
        return store::find_user(session, OrganizationId{claims.organization}, UserId{claims.subject});
    });
    if (!user && user.error().code == ErrorCode::not_found) return Standing{};
    if (!user) return user.error();
    return Standing{user->role, user->is_active};
}

Result<Standing> standing_of(ApiServices& services, const crypto::Claims& claims, bool afresh) {
    if (const auto known = services.accounts.activity.find(claims.subject); known && !afresh) return *known;
    auto standing = read_standing(services, claims);
    if (standing) services.accounts.activity.keep(claims.subject, *standing);
    return standing;
}

Result<crypto::Claims> claims_of(const http::Request& request, const ApiServices& services) {
    const std::string_view token = request.bearer_token();
    if (token.empty()) return unauthenticated("An access token is needed: Authorization: Bearer TOKEN.");
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return crypto::verify_jwt(token, services.token_keys, now);
}

Result<http::Principal> principal_of(const crypto::Claims& claims, const Standing& standing) {
    if (!standing.is_active) return unauthenticated("The account is switched off.");
    return http::Principal{claims.subject, claims.organization,
                           standing.role == store::Role::admin ? http::Role::admin : http::Role::user};
}

}  // namespace

Result<http::Principal> authenticate(const http::Request& request, ApiServices& services) {
    const auto claims = claims_of(request, services);
    if (!claims) return claims.error();
    const auto standing = standing_of(services, *claims, request.for_admins);
    if (!standing) return standing.error();
    return principal_of(*claims, *standing);
}

std::optional<Result<http::Principal>> recognize(const http::Request& request, ApiServices& services) {
    if (request.for_admins) return std::nullopt;
    const auto claims = claims_of(request, services);
    if (!claims) return claims.error();
    const auto standing = services.accounts.activity.find(claims->subject);
    if (!standing) return std::nullopt;
    return principal_of(*claims, *standing);
}

}  // namespace atelier::api::auth
