#pragma once
// The one file that lists providers of AI (schemas/providers.json): who they are, which models they do each
// capability with, at what price, and how they are to be treated. Keys are never in it.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"
#include "workers/ai/capabilities/capability.hpp"
#include "workers/ai/router/breaker.hpp"
#include "workers/ai/router/price.hpp"

namespace atelier::ai {

inline constexpr std::string_view kBuiltin = "builtin";

struct ModelRow {
    std::string model;                          ///< as the vendor calls it
    std::chrono::milliseconds timeout{60'000};  ///< of one call
    std::optional<Price> price = {};            ///< nothing: unknown
};

struct ProviderRow {
    std::string id, vendor;
    std::string base_url = {};  ///< empty: the vendor's own
    std::string key_env = {};   ///< empty: it takes no key
    json::Value options = {};
    std::map<Capability, ModelRow> models = {};  ///< of `builtin` empty: all that it has, free
    int concurrency = 8;                         ///< calls at once in this process
    int rate_per_minute = 0;                     ///< of all processes together; 0: no limit
    std::chrono::milliseconds queue{2'000};      ///< that a call waits for either before the next is asked
    BreakerSettings breaker = {};
};

struct ProvidersFile {
    std::vector<ProviderRow> providers;
    /// Where a capability is missing: the order of `providers`.
    std::map<Capability, std::vector<std::string>> order = {};
    std::map<Capability, std::chrono::milliseconds> hedging = {};  ///< missing: off
    int retries = 2;  ///< on the same provider, before the next one
    std::chrono::milliseconds retry_pause{250};
};

/// Errors: bad_request (no JSON); validation_failed, every wrong place by its pointer. Vendors' names and
/// options are judged when the router opens.
Result<ProvidersFile> parse_providers(std::string_view text);
/// Of the file at `path`; an empty path gives the builtin engine alone. Also: not_found.
Result<ProvidersFile> read_providers(const std::string& path);

}  // namespace atelier::ai
