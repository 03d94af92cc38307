#pragma once
// /admin/moderation: pictures that the classifier flagged, and what an admin decides about them. The original
// stays where only a deliverable verdict gets it signed; the queue shows blurred previews.

#include "api/handlers/exchange.hpp"

namespace atelier::api {

Reply list_flagged(const Request& request, ApiServices& services);
Reply release_flagged(const Request& request, ApiServices& services);
Reply reject_flagged(const Request& request, ApiServices& services);

}  // namespace atelier::api
