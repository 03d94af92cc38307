#include "api/handlers/users/users.hpp"

#include "api/auth/accounts.hpp"
#include "api/handlers/accounts/accounts.hpp"

namespace atelier::api {
namespace {

store::UserPatch patch_of(const json::Value& body) {
    store::UserPatch patch;
    if (body.has("role"))
        patch.role = store::parse(body["role"].as_string(), static_cast<store::Role*>(nullptr));
    if (body.has("is_active")) patch.is_active = body["is_active"].as_bool();
    return patch;
}

}  // namespace

Reply list_users(const Request& request, ApiServices& services) {
    auto page = page_of(request);
    if (!page) return Reply::error(page.error(), request.request_id);
    return answer(request, services.db.read([&](soci::session& session) -> Result<Reply> {
        auto found = store::list_users(session, organization_of(request), *page);
        if (!found) return found.error();
        return page_reply(*found, [](const auto& user) { return to_json(user); });
    }));
}

Reply update_user(const Request& request, ApiServices& services) {
    auto id = id_of<UserId>(request, "user_id", "user");
    if (!id) return Reply::error(id.error(), request.request_id);
    auto body = body_of(request, services, "http/user_patch.json");
    if (!body) return Reply::error(body.error(), request.request_id);
    auto user = services.db.write([&](soci::session& session) {
        return store::patch_user(session, organization_of(request), *id, patch_of(*body));
    });
    if (!user) return Reply::error(user.error(), request.request_id);
    services.accounts.activity.forget(id->value);
    return Reply::json(200, to_json(*user));
}

}  // namespace atelier::api
