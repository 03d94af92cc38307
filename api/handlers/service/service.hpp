#pragma once
// /health, /metrics and the contract itself.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply get_health(const Request& request, ApiServices& services);
Reply get_health_details(const Request& request, ApiServices& services);
Reply get_metrics(const Request& request, ApiServices& services);
Reply get_openapi(const Request& request, ApiServices& services);

}  // namespace atelier::api
