#pragma once
// The status line and headers of an answer as text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/reply.hpp"

namespace atelier::api::http {

struct ResponseFraming {
    std::string_view request_id;
    bool keep_alive = true;
    int minor_version = 1;                        ///< of the request
    std::optional<std::uint64_t> content_length;  ///< none: the answer ends with the connection
    std::string_view origin;                      ///< of the request; empty when absent
    const std::vector<std::string>& cors_origins;
};

/// Ends with the empty line. Adds X-Request-Id, security and CORS headers; what the reply sets itself wins.
/// Header values lose CR, LF and NUL, so nothing that a handler echoes can start a header of its own.
std::string response_head(const Reply& reply, const ResponseFraming& framing);

/// The answer to OPTIONS on a known path, for preflights and plain questions. `allow` is the list of methods.
Reply options_reply(const std::string& allow);

}  // namespace atelier::api::http
