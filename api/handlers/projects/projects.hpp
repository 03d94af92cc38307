#pragma once
// /projects: photos that belong together, and what is made of them.

#include "api/handlers/exchange.hpp"
#include "common/store/projects.hpp"

namespace atelier::api {

Reply upload_project(const Request& request, ApiServices& services);
Reply generate_project(const Request& request, ApiServices& services);
Reply list_projects(const Request& request, ApiServices& services);
Reply get_project(const Request& request, ApiServices& services);
Reply get_project_status(const Request& request, ApiServices& services);
Reply update_project(const Request& request, ApiServices& services);
Reply delete_project(const Request& request, ApiServices& services);

}  // namespace atelier::api
