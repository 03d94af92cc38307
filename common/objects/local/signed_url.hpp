#pragma once
// Presigned URLs for the local store, served by our own API at /api/v1/objects/{key}.
//
// The signature is HMAC-SHA-256 over method, key, size, type, expiry and download name, with a key derived
// for this purpose alone. The host is not signed, so the server may be reached under any name. Pure functions
// of their arguments; any thread.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::objects {

inline constexpr std::string_view kObjectsPath = "/api/v1/objects/";

/// What a genuine request may do.
struct SignedObject {
    std::string method;  ///< "PUT" or "GET"
    std::string key;
    std::int64_t size = 0;          ///< PUT: exact length
    std::string content_type = {};  ///< PUT: exact type; GET: overrides the stored type when not empty
    std::string filename = {};      ///< GET: for Content-Disposition when not empty
    std::chrono::sys_seconds expires = {};
};

class UrlSigner {
  public:
    /// `secret` is the installation's; `base_url` comes before kObjectsPath.
    UrlSigner(std::string_view secret, std::string base_url);

    std::string sign(const SignedObject& object) const;

    /// `path` without the query, `query` without `?`, both as received (percent-encoded). HEAD counts as GET.
    /// Errors: forbidden (403) when missing, forged or expired · bad_request without a length · too_large
    /// (413) or validation_failed (422, `header:Content-Length`) for another length · unsupported_media (415)
    /// for another type.
    Result<SignedObject> verify(std::string_view method, std::string_view path, std::string_view query,
                                std::string_view content_type, std::optional<std::int64_t> content_length,
                                std::chrono::sys_seconds now) const;

  private:
    std::string signature(const SignedObject& object) const;
    std::string key_;
    std::string base_url_;
};

}  // namespace atelier::objects
