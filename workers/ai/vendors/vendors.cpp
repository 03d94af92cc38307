#include <algorithm>

#include "common/http_client/url.hpp"
#include "workers/ai/vendors/anthropic.hpp"
#include "workers/ai/vendors/automatic1111.hpp"
#include "workers/ai/vendors/comfyui.hpp"
#include "workers/ai/vendors/gemini.hpp"
#include "workers/ai/vendors/openai.hpp"
#include "workers/ai/vendors/replicate.hpp"
#include "workers/ai/vendors/vendor.hpp"

namespace atelier::ai {
namespace {

using enum Capability;

const VendorRow kVendors[] = {
    {"openai", kOpenAiBaseUrl, true, {text, vision, image, embedding, safety}, &make_openai},
    {"gemini",
     "https://generativelanguage.googleapis.com/v1beta",
     true,
     {text, vision, image, embedding},
     &make_gemini},
    {"anthropic", "https://api.anthropic.com", true, {text, vision}, &make_anthropic},
    {"replicate", "https://api.replicate.com/v1", true, {image}, &make_replicate},
    {"automatic1111", "http://127.0.0.1:7860", false, {image}, &make_automatic1111},
    {"comfyui", "http://127.0.0.1:8188", false, {image}, &make_comfyui},
};

}  // namespace

std::span<const VendorRow> vendors() {
    return kVendors;
}

const VendorRow* find_vendor(std::string_view name) {
    const auto found = std::find_if(std::begin(kVendors), std::end(kVendors),
                                    [&](const VendorRow& row) { return row.name == name; });
    return found == std::end(kVendors) ? nullptr : found;
}

Result<std::unique_ptr<Provider>> make_vendor(const VendorSettings& given, http_client::Client& client) {
    const VendorRow* row = find_vendor(given.vendor);
    if (!row) return invalid("/vendor", "enum", "there is no such vendor");
    VendorSettings settings = given;
    if (settings.base_url.empty()) settings.base_url = row->default_base_url;
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    const auto url = http_client::parse_url(settings.base_url);
    if (!url || !url->query.empty())
        return invalid("/base_url", "url", "this must be an http or https URL without a query");
    if (settings.key.empty() && row->needs_key && settings.base_url == row->default_base_url)
        return invalid("/key", "required", "this vendor demands a key");
    if (std::any_of(settings.key.begin(), settings.key.end(),
                    [](unsigned char c) { return c <= ' ' || c > '~'; }))
        return invalid("/key", "characters", "a key has no blanks and no foreign characters");
    return row->make(settings, client);
}

}  // namespace atelier::ai
