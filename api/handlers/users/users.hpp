#pragma once
// /admin/users: the organization's people.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply list_users(const Request& request, ApiServices& services);
Reply update_user(const Request& request, ApiServices& services);

}  // namespace atelier::api
