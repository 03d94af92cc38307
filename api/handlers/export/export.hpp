#pragma once
// POST /export and POST /brands/propose: jobs on designs and logos.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply export_design(const Request& request, ApiServices& services);
Reply propose_brand(const Request& request, ApiServices& services);

}  // namespace atelier::api
