#include "api/auth/tokens.hpp"

#include <chrono>

#include "common/crypto/hash.hpp"
#include "common/crypto/random.hpp"
#include "common/ids/id.hpp"
#include "common/log/log.hpp"
#include "common/store/refresh_tokens.hpp"

namespace atelier::api::auth {
namespace {

std::string hash_of(std::string_view refresh_token) {
    return crypto::to_hex(crypto::sha256(refresh_token));
}

std::int64_t refresh_lifetime_ms(const ApiServices& services) {
    return std::int64_t{services.settings.accounts.refresh_token_s} * 1000;
}

Result<Tokens> pair_for(const ApiServices& services, const store::User& user, std::string refresh) {
    const int lifetime = services.settings.accounts.access_token_s;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto access = crypto::sign_jwt({.subject = user.id.value,
                                    .organization = user.organization_id.value,
                                    .role = std::string(store::to_string(user.role)),
                                    .id = ids::new_uuid(),
                                    .issued = now,
                                    .expires = now + std::chrono::seconds(lifetime)},
                                   services.token_keys.front());
    if (!access) return access.error();
    return Tokens{std::move(*access), std::move(refresh), lifetime};
}

}  // namespace

json::Value to_json(const Tokens& tokens) {
    return json::Object{{"access_token", tokens.access},
                        {"refresh_token", tokens.refresh},
                        {"token_type", "Bearer"},
                        {"expires_in", tokens.expires_in_s}};
}

Result<Tokens> sign_in(ApiServices& services, const store::User& user) {
    std::string refresh = crypto::random_token();
    auto current = services.db.write([&](soci::session& session) -> Result<store::User> {
        auto found = store::find_user(session, user.organization_id, user.id);
        if (!found) return found.error();
        if (!found->is_active) return unauthenticated("The account is switched off.");
        store::issue_refresh_token(session, hash_of(refresh), ids::new_id<TokenFamilyId>(), user.id,
                                   refresh_lifetime_ms(services));
        return found;
    });
    if (!current) return current.error();
    return pair_for(services, *current, std::move(refresh));
}

Result<Tokens> rotate(ApiServices& services, std::string_view refresh_token) {
    std::string next = crypto::random_token();
    auto rotation = services.db.write([&](soci::session& session) -> Result<store::Rotation> {
        return store::rotate_refresh_token(session, hash_of(refresh_token), hash_of(next),
                                           refresh_lifetime_ms(services));
    });
    if (!rotation) return rotation.error();
    if (rotation->outcome == store::Rotation::Outcome::reused)
        log::warning("A refresh token came a second time; its sign-in is revoked");
    if (rotation->outcome != store::Rotation::Outcome::rotated)
        return unauthenticated("The refresh token is not valid.");
    return pair_for(services, rotation->user, std::move(next));
}

Result<void> sign_out(ApiServices& services, std::string_view refresh_token) {
    return services.db.write([&](soci::session& session) -> Result<void> {
        store::revoke_token_family(session, hash_of(refresh_token));
        return {};
    });
}

}  // namespace atelier::api::auth
