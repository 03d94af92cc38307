#include "common/store/refresh_tokens.hpp"

#include "common/store/sql.hpp"

namespace atelier::store {
namespace {

struct Token {
    TokenFamilyId family;
    UserId user;
    bool spent = false;
};

void bind(soci::details::prepare_temp_type& prepared, Token& token) {
    prepared, soci::into(token.family), soci::into(token.user), soci::into(token.spent);
}

std::optional<Token> find_token(soci::session& session, const std::string& hash) {
    return select_one<Token>(session.prepare
                                 << "SELECT family_id, user_id, CASE WHEN used_at IS NULL THEN 0 ELSE 1 END"
                                    " FROM refresh_tokens WHERE token_hash = :hash",
                             bind, soci::use(hash));
}

bool spend(soci::session& session, const std::string& hash) {
    return changed(session.prepare
                       << "UPDATE refresh_tokens SET used_at = atelier_now() WHERE token_hash = :hash AND"
                          " used_at IS NULL AND revoked_at IS NULL AND expires_at > atelier_now()",
                   soci::use(hash)) == 1;
}

void revoke_family(soci::session& session, const TokenFamilyId& family) {
    changed(session.prepare
                << "UPDATE refresh_tokens SET revoked_at = atelier_now() WHERE family_id = :family AND"
                   " revoked_at IS NULL",
            soci::use(family));
}

std::optional<User> active_owner(soci::session& session, const UserId& id) {
    OrganizationId organization;
    session << "SELECT organization_id FROM users WHERE id = :id", soci::use(id), soci::into(organization);
    const auto user = find_user(session, organization, id);
    if (user.has_error() || !user->is_active) return std::nullopt;
    return *user;
}

}  // namespace

void issue_refresh_token(soci::session& session, const std::string& hash, const TokenFamilyId& family,
                         const UserId& user, std::int64_t lifetime_ms) {
    changed(
        session.prepare
            << "INSERT INTO refresh_tokens (token_hash, family_id, user_id, expires_at, created_at) VALUES"
               " (:hash, :family, :user, atelier_now() + :lifetime, atelier_now())",
        soci::use(hash), soci::use(family), soci::use(user), soci::use(lifetime_ms));
}

// The conditional update decides a race: the loser waits for the winner's commit, then finds the token spent.
Rotation rotate_refresh_token(soci::session& session, const std::string& hash, const std::string& next_hash,
                              std::int64_t lifetime_ms) {
    const bool mine = spend(session, hash);
    const auto token = find_token(session, hash);
    if (!token) return {};
    if (!mine && !token->spent) return {};
    if (!mine) {
        revoke_family(session, token->family);
        return {Rotation::Outcome::reused, {}};
    }
    auto owner = active_owner(session, token->user);
    if (!owner) return {};
    issue_refresh_token(session, next_hash, token->family, token->user, lifetime_ms);
    return {Rotation::Outcome::rotated, std::move(*owner)};
}

bool revoke_token_family(soci::session& session, const std::string& hash) {
    const auto token = find_token(session, hash);
    if (token) revoke_family(session, token->family);
    return token.has_value();
}

void revoke_user_tokens(soci::session& session, const UserId& user) {
    changed(
        session.prepare << "UPDATE refresh_tokens SET revoked_at = atelier_now() WHERE user_id = :user AND"
                           " revoked_at IS NULL",
        soci::use(user));
}

long long sweep_refresh_tokens(soci::session& session, std::int64_t age_ms) {
    return changed(session.prepare << "DELETE FROM refresh_tokens WHERE expires_at < atelier_now() - :age",
                   soci::use(age_ms));
}

}  // namespace atelier::store
