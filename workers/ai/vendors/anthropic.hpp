#pragma once
// Anthropic's messages API: text and vision, JSON forced by one tool that must be called.
//
// Option `version`: the API's version header, "2023-06-01" unless told. Anthropic takes no seed and no
// idempotency key.

#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {

Result<std::unique_ptr<Provider>> make_anthropic(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
