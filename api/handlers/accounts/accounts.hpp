#pragma once
// /auth and /users/me: registering, signing in and out, who is signed in.

#include "api/handlers/exchange.hpp"
#include "common/store/organizations.hpp"
#include "common/store/users.hpp"

namespace atelier::api {

Reply register_user(const Request& request, ApiServices& services);
Reply log_in(const Request& request, ApiServices& services);
Reply refresh_tokens(const Request& request, ApiServices& services);
Reply log_out(const Request& request, ApiServices& services);
Reply get_me(const Request& request, ApiServices& services);

json::Value to_json(const store::User& user);
json::Value to_json(const store::Organization& organization);

}  // namespace atelier::api
