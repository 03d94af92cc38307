#pragma once
// Remote vendors: each a file pair that implements `Provider` over HTTP, and a row in the table
// (vendors.cpp).
//
// A vendor's base URL is the operator's, so requests to it are plain and may go to a private address. URLs
// that a vendor's answer names are fetched guarded. Keys travel in headers only; they appear in no message,
// log or error.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/http_client/client.hpp"
#include "common/json/value.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

struct VendorSettings {
    std::string id;  ///< the operator's name for it; the one that failures mention
    std::string
        vendor;  ///< a name of the table: openai, gemini, anthropic, replicate, automatic1111, comfyui
    std::string base_url;  ///< without a slash at its end; empty: the vendor's own
    std::string key;       ///< empty: sent without; refused where the vendor demands one at its own base URL
    json::Value options;   ///< an object or null; each vendor's header names its own
};

/// One kind of vendor.
struct VendorRow {
    using Make = Result<std::unique_ptr<Provider>> (*)(const VendorSettings&, http_client::Client&);

    std::string_view name;
    std::string_view default_base_url;
    bool needs_key = false;  ///< at its default base URL
    std::vector<Capability> capabilities;
    Make make = nullptr;
};
std::span<const VendorRow> vendors();
/// Null when there is no such vendor.
const VendorRow* find_vendor(std::string_view name);

/// The client must outlive the provider; many may share one. Errors: validation_failed at /vendor, /base_url,
/// /key or /options/<name>.
Result<std::unique_ptr<Provider>> make_vendor(const VendorSettings& settings, http_client::Client& client);

}  // namespace atelier::ai
