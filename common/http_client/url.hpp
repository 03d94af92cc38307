#pragma once
// The parts of an absolute http(s) URL, as libcurl itself will read them, so that what is checked is what is
// fetched.

#include <cstdint>
#include <string>

#include "common/errors/error.hpp"

namespace atelier::http_client {

struct Url {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< a name or an address; IPv6 in brackets
    std::uint16_t port = 0;
    std::string path;   ///< begins with `/`, percent-encoded as given
    std::string query;  ///< without `?`
};

/// Error: validation_failed at /url with rule `url`, `scheme`, `userinfo` or `port`. Fragments are dropped.
Result<Url> parse_url(const std::string& text);

}  // namespace atelier::http_client
