#include "api/handlers/accounts/accounts.hpp"

namespace atelier::api {

json::Value to_json(const store::User& user) {
    json::Value v = json::Object{{"id", user.id.value}, {"email", user.email}};
    v.set("username", user.username ? json::Value(*user.username) : json::Value())
        .set("role", store::to_string(user.role))
        .set("is_active", user.is_active)
        .set("created_at", time_json(user.created_at));
    return v;
}

json::Value to_json(const store::Organization& organization) {
    return json::Object{
        {"id", organization.id.value}, {"name", organization.name}, {"plan", organization.plan}};
}

Reply get_me(const Request& request, ApiServices& services) {
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto user = store::find_user(session, organization_of(request), user_of(request));
        if (!user) return user.error();
        auto organization = store::find_organization(session, organization_of(request));
        if (!organization) return organization.error();
        return Reply::json(200,
                           json::Object{{"user", to_json(*user)}, {"organization", to_json(*organization)}});
    }));
}

}  // namespace atelier::api
