#pragma once
// /generate/{job}/results and /generated-assets: finished pictures and their edits.

#include "api/handlers/exchange.hpp"
#include "common/store/generated_assets.hpp"

namespace atelier::api {

Reply get_results(const Request& request, ApiServices& services);
Reply get_generated_asset(const Request& request, ApiServices& services);
Reply edit_generated_asset(const Request& request, ApiServices& services);

/// `url` only once moderation has passed the picture.
json::Value to_json(const store::GeneratedAsset& asset, ApiServices& services);

}  // namespace atelier::api
