#include "api/auth/tokens.hpp"

#include "api/auth/accounts.hpp"
#include "api/handlers/accounts/accounts.hpp"
#include "common/log/log.hpp"

namespace atelier::api {
namespace {

/// The account, or one that fits no password when nobody has the address.
Result<store::User> candidate(ApiServices& services, const std::string& email) {
    auto user =
        services.db.read([&](soci::session& session) { return store::find_user_by_email(session, email); });
    if (!user && user.error().code == ErrorCode::not_found) return store::User{};
    return user;
}

/// Failing to store a stronger hash is no reason to keep somebody out.
void strengthen_hash(ApiServices& services, const store::User& user, const std::string& password) {
    if (!services.accounts.passwords.needs_rehash(user.password_hash)) return;
    auto hash = services.accounts.passwords.hash(password);
    if (!hash) return;
    auto stored = services.db.write([&](soci::session& session) -> Result<void> {
        store::replace_password_hash(session, user.id, user.password_hash, *hash);
        return {};
    });
    if (!stored) log::warning("A stronger password hash was not stored: {}", stored.error().message);
}

/// Does the same work whether or not the address is known, so that its time tells nothing.
Result<auth::Tokens> check_in(ApiServices& services, const json::Value& body) {
    const std::string& password = body["password"].as_string();
    auto user = candidate(services, body["email"].as_string());
    if (!user) return user.error();
    auto fits = services.accounts.passwords.verify(user->password_hash, password);
    if (!fits) return fits.error();
    if (!*fits || !user->is_active) return unauthenticated("The e-mail address or the password is wrong.");
    strengthen_hash(services, *user, password);
    return auth::sign_in(services, *user);
}

Reply tokens_reply(const Request& request, const Result<auth::Tokens>& tokens) {
    if (!tokens) return Reply::error(tokens.error(), request.request_id);
    return Reply::json(200, auth::to_json(*tokens));
}

}  // namespace

Reply log_in(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/login.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return tokens_reply(request, check_in(services, *body));
}

Reply refresh_tokens(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/refresh.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    return tokens_reply(request, auth::rotate(services, (*body)["refresh_token"].as_string()));
}

Reply log_out(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/logout.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto out = auth::sign_out(services, (*body)["refresh_token"].as_string());
    return out ? Reply::no_content() : Reply::error(out.error(), request.request_id);
}

}  // namespace atelier::api
