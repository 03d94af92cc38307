#pragma once
// The HTTP contract as a client sees it: JSON in, JSON out, errors as the server words them.

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "common/http_client/client.hpp"
#include "common/json/value.hpp"

namespace atelier::ctl {

/// Thread-safe. Waits out 429 and 503 as the server asks, repeats what got no answer (creations carry an
/// idempotency key) and renews the access token once it has expired.
class Api {
  public:
    /// `server` without a path: `http://127.0.0.1:8080`.
    explicit Api(std::string server);

    /// Asks /health once, without patience.
    Result<void> reach();
    Result<void> sign_in(const std::string& email, const std::string& password);
    Result<void> sign_up(const std::string& email, const std::string& password,
                         const std::string& organization);

    /// `path` begins behind /api/v1. Errors: the server's code, sentence and details.
    Result<json::Value> get(std::string_view path);
    /// Null: no body.
    Result<json::Value> post(std::string_view path, const json::Value& body = {});
    /// All items of a paged list.
    Result<json::Array> list(std::string_view path);

    /// The presigned request of an announced asset, streamed from the disk.
    Result<void> upload(const json::Value& presigned, const std::filesystem::path& file);
    /// A presigned URL into a file. Returns its bytes.
    Result<std::int64_t> download(const std::string& url, const std::filesystem::path& file);

    const std::string& server() const { return server_; }
    std::string access_token() const;
    /// The last request got no answer at all.
    bool is_unreachable() const { return unreachable_; }

  private:
    Result<json::Value> call(http_client::Request request, bool with_token);
    Result<http_client::Response> send(const http_client::Request& request, int tries);
    Result<void> keep_tokens(const Result<json::Value>& tokens);
    bool renew(const std::string& expired);
    std::string url(std::string_view path) const { return server_ + "/api/v1" + std::string(path); }

    /// A server that does not know its own address gives URLs without one.
    std::string absolute(const std::string& url) const { return url.starts_with('/') ? server_ + url : url; }

    std::string server_;
    http_client::Client client_;
    mutable std::mutex mutex_;
    std::string access_token_, refresh_token_;
    std::atomic<bool> unreachable_{false};
};

}  // namespace atelier::ctl
