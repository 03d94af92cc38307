#pragma once
// The catalog that an organization's admins keep: formats, platforms, rules, text style sets.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply list_formats(const Request& request, ApiServices& services);
Reply create_format(const Request& request, ApiServices& services);
Reply get_format(const Request& request, ApiServices& services);
Reply update_format(const Request& request, ApiServices& services);
Reply delete_format(const Request& request, ApiServices& services);

Reply list_platforms(const Request& request, ApiServices& services);
Reply create_platform(const Request& request, ApiServices& services);
Reply get_platform(const Request& request, ApiServices& services);
Reply update_platform(const Request& request, ApiServices& services);
Reply delete_platform(const Request& request, ApiServices& services);

Reply list_rules(const Request& request, ApiServices& services);
Reply create_rule(const Request& request, ApiServices& services);
Reply get_rule(const Request& request, ApiServices& services);
Reply update_rule(const Request& request, ApiServices& services);
Reply delete_rule(const Request& request, ApiServices& services);

Reply list_text_style_sets(const Request& request, ApiServices& services);
Reply create_text_style_set(const Request& request, ApiServices& services);
Reply get_text_style_set(const Request& request, ApiServices& services);
Reply update_text_style_set(const Request& request, ApiServices& services);
Reply delete_text_style_set(const Request& request, ApiServices& services);

}  // namespace atelier::api
