#pragma once
// /designs: validated and repaired on their way in, every revision kept.

#include "api/handlers/exchange.hpp"
#include "common/store/designs.hpp"

namespace atelier::api {

Reply create_design(const Request& request, ApiServices& services);
Reply list_designs(const Request& request, ApiServices& services);
Reply get_design(const Request& request, ApiServices& services);
Reply update_design(const Request& request, ApiServices& services);
Reply delete_design(const Request& request, ApiServices& services);
Reply list_design_revisions(const Request& request, ApiServices& services);
Reply get_design_revision(const Request& request, ApiServices& services);
Reply restore_design(const Request& request, ApiServices& services);
Reply duplicate_design(const Request& request, ApiServices& services);

}  // namespace atelier::api
