#include "api/auth/accounts.hpp"
#include "api/auth/tokens.hpp"
#include "api/handlers/accounts/accounts.hpp"
#include "api/handlers/idempotent.hpp"

namespace atelier::api {
namespace {

store::NewOrganization wanted_by(const json::Value& body, std::string password_hash,
                                 const ApiServices& services) {
    store::NewOrganization wanted{.name = body["organization_name"].as_string(),
                                  .email = body["email"].as_string(),
                                  .password_hash = std::move(password_hash),
                                  .sign_up_credits = services.settings.accounts.signup_credits};
    if (body.has("username")) wanted.username = body["username"].as_string();
    return wanted;
}

/// Tokens are made after the account and never stored with the answer: a replay gets new ones. It has shown
/// the password again, since that is part of the request that must be equal.
Reply with_tokens(const Request& request, ApiServices& services, const Reply& founded) {
    auto body = json::parse(founded.text_body());
    if (!body) return Reply::error(body.error(), request.request_id);
    store::User user;
    user.id = UserId{(*body)["user"]["id"].as_string()};
    user.organization_id = OrganizationId{(*body)["organization"]["id"].as_string()};
    auto tokens = auth::sign_in(services, user);
    if (!tokens) return Reply::error(tokens.error(), request.request_id);
    const json::Value token_members = auth::to_json(*tokens);
    for (const auto& [name, value] : token_members.object())
        body->set(name, value);
    Reply reply = Reply::json(founded.status, *body);
    if (founded.headers.has("Idempotent-Replayed")) reply.with("Idempotent-Replayed", "true");
    return reply;
}

}  // namespace

Reply register_user(const Request& request, ApiServices& services) {
    auto body = body_of(request, services, "http/register.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto hash = services.accounts.passwords.hash((*body)["password"].as_string());
    if (!hash) return Reply::error(hash.error(), request.request_id);

    const store::NewOrganization wanted = wanted_by(*body, std::move(*hash), services);
    Reply founded = create_once(request, services, [&](soci::session& session) -> Result<Created> {
        auto made = store::create_organization(session, wanted);
        if (!made) return made.error();
        return Created{
            201, json::Object{{"user", to_json(made->admin)}, {"organization", to_json(made->organization)}}};
    });
    return founded.status == 201 ? with_tokens(request, services, founded) : founded;
}

}  // namespace atelier::api
