#pragma once
// AWS Signature Version 4 in the query string ("Authenticating Requests: Using Query Parameters", Amazon S3
// API reference). Pure functions, any thread.

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atelier::objects {

struct S3Credentials {
    std::string access_key = {};
    std::string secret_key = {};
    std::string session_token = {};  ///< empty for long-lived keys
};

struct S3Operation {
    std::string method = "GET";
    std::string scheme_and_host =
        {};  ///< `https://bucket.s3.amazonaws.com`; a port stays when it is not the scheme's own
    std::string path = "/";                                       ///< not encoded
    std::vector<std::pair<std::string, std::string>> query = {};  ///< not encoded
    std::vector<std::pair<std::string, std::string>> headers =
        {};  ///< signed besides host; names in lowercase
};

/// The URL with all its parameters. The payload is not signed; lifetime 1 s to 7 days is the caller's duty.
std::string presign_sigv4(const S3Operation& operation, const S3Credentials& credentials,
                          std::string_view region, std::chrono::seconds lifetime,
                          std::chrono::sys_seconds now);

}  // namespace atelier::objects
