#pragma once
// /admin/providers and /admin/ai-budget: who does AI work, how well, and what it may cost.
//
// An admin is the admin of one organization: switches, calls and spending are that organization's; health is
// the fleet's, and only shown. The front calls no provider: a probe is a job.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply list_providers(const Request& request, ApiServices& services);
Reply probe_provider(const Request& request, ApiServices& services);
Reply enable_provider(const Request& request, ApiServices& services);
Reply disable_provider(const Request& request, ApiServices& services);

Reply get_ai_budget(const Request& request, ApiServices& services);
Reply put_ai_budget(const Request& request, ApiServices& services);

}  // namespace atelier::api
