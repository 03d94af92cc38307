#pragma once
// The request line and header fields, read so strictly that no two readers can disagree on where a request
// ends.
//
// Everything RFC 9112 tolerates and intermediaries interpret differently is refused: bare CR or LF, folded
// lines, space before a colon, Transfer-Encoding that is not exactly `chunked` or comes with a length,
// HTTP/1.0 or a Trailer field, repeated or listed lengths, missing or repeated Host, an absolute target that
// contradicts Host.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/request.hpp"
#include "common/errors/error.hpp"

namespace atelier::api::http {

struct Head {
    Method method = Method::other;
    std::string target;  ///< origin form
    int minor_version = 1;
    Headers headers;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool websocket_upgrade = false;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// The length of the head at the start of `received`, its empty line included; 0 while that has not arrived.
/// Looks only at bytes from `scanned` on and moves it. Error: bad_request as soon as a control character or a
/// lone CR or LF shows up.
Result<std::size_t> find_head_end(std::string_view received, std::size_t& scanned);

/// `head` ends with its empty line. Errors: bad_request, header_too_large (more than 64 fields).
Result<Head> parse_head(std::string_view head);

}  // namespace atelier::api::http
