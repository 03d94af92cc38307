#pragma once
// /admin/dead-letters: the organization's tasks that were given up.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply list_dead_letters(const Request& request, ApiServices& services);
Reply requeue_dead_letters(const Request& request, ApiServices& services);
Reply discard_dead_letters(const Request& request, ApiServices& services);

}  // namespace atelier::api
