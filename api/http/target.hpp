#pragma once
// The request target: what may stand in it, and its parts decoded.

#include <optional>
#include <string>
#include <string_view>

#include "api/http/request.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::http {

/// Percent-decoded text, or nothing when an escape is malformed, a control character appears or the result is
/// not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

struct Target {
    std::string_view path;  ///< still encoded, begins with '/'; a view into what was parsed
    Parameters query;
};

/// Origin form only (`/path?query`). Error: bad_request for foreign characters, bad escapes and dot segments,
/// also encoded ones, since a proxy in front may resolve them otherwise.
Result<Target> parse_target(std::string_view target);

}  // namespace atelier::api::http
