#pragma once
// /credits and /admin/credits: what an organization has, spent and was given.

#include "api/handlers/exchange.hpp"
#include "common/store/credits.hpp"

namespace atelier::api {

Reply get_credits(const Request& request, ApiServices& services);
Reply list_credit_transactions(const Request& request, ApiServices& services);
Reply grant_credits(const Request& request, ApiServices& services);

json::Value to_json(const store::CreditTransaction& transaction);

}  // namespace atelier::api
