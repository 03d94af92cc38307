#pragma once
// /brands: kits of colours, fonts, logos and voice.

#include "api/handlers/exchange.hpp"
#include "common/store/brands.hpp"

namespace atelier::api {

Reply create_brand(const Request& request, ApiServices& services);
Reply list_brands(const Request& request, ApiServices& services);
Reply get_brand(const Request& request, ApiServices& services);
Reply update_brand(const Request& request, ApiServices& services);
Reply delete_brand(const Request& request, ApiServices& services);

}  // namespace atelier::api
