#pragma once
// /assets: announcing, completing, reading and deleting uploaded photos.

#include "api/handlers/exchange.hpp"
#include "common/store/assets.hpp"

namespace atelier::api {

Reply create_asset(const Request& request, ApiServices& services);
Reply complete_asset(const Request& request, ApiServices& services);
Reply list_assets(const Request& request, ApiServices& services);
Reply get_asset(const Request& request, ApiServices& services);
Reply delete_asset(const Request& request, ApiServices& services);

/// With `download_url` only for a ready asset that moderation does not hold back, and `preview_url` where
/// there is a preview.
json::Value to_json(const store::Asset& asset, ApiServices& services);

/// An expiring URL, or null when there is nothing to sign or the store cannot.
json::Value download_url(ApiServices& services, const std::optional<std::string>& key,
                         const std::string& filename = {});

}  // namespace atelier::api
