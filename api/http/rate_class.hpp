#pragma once
// The budgets that requests draw from.

#include <optional>
#include <string_view>

namespace atelier::api::http {

enum class RateClass {
    unlimited,  ///< health and metrics
    auth,       ///< password guessing costs here, also every refused token
    read,
    write,
    upload,
    render,    ///< exports of designs
    generate,  ///< designs from prompts
    picture,   ///< smart images, edits by instruction, briefs
    stream,    ///< opening SSE and WebSocket connections
};

std::string_view to_string(RateClass rate_class);
std::optional<RateClass> parse_rate_class(std::string_view name);

/// At most `requests` in any burst, refilled evenly over `per_seconds`.
struct RateRule {
    RateClass rate_class;
    int requests;
    int per_seconds;
};

}  // namespace atelier::api::http
