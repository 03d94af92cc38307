#pragma once
// Requests to one vendor: JSON there, JSON back, every failure judged, every byte capped, one deadline for
// all requests of a call.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "common/http_client/client.hpp"
#include "common/json/value.hpp"
#include "workers/ai/capabilities/capability.hpp"
#include "workers/ai/vendors/exchange/failures.hpp"
#include "workers/ai/vendors/exchange/multipart.hpp"

namespace atelier::ai {

/// One call in time, from now on. Borrows the call.
class Attempt {
  public:
    explicit Attempt(const Call& call)
        : call_(call), deadline_(std::chrono::steady_clock::now() + call.timeout) {}

    const Call& call() const { return call_; }
    bool stopped() const { return call_.stop.stop_requested(); }
    /// Never negative.
    std::chrono::milliseconds remaining() const;
    /// Sleeps, but not beyond the deadline. Failure: cancelled, or transient when the time is up.
    Answered<void> wait(std::chrono::milliseconds pause, std::string_view vendor_id) const;

  private:
    const Call& call_;
    std::chrono::steady_clock::time_point deadline_;
};

struct Endpoint {
    std::string id;
    std::string base_url;
    std::string key;                           ///< kept out of failures
    std::vector<http_client::Header> headers;  ///< of every request, the key's among them
    VendorError (*read_error)(int status, const json::Value& body) = nullptr;
};

inline constexpr std::int64_t kMaxTextBytes = 8 << 20;

class Exchange {
  public:
    Exchange(Endpoint endpoint, http_client::Client& client);

    const std::string& id() const { return endpoint_.id; }

    /// `path` begins with a slash and follows the base URL.
    Answered<json::Value> post(const std::string& path, const json::Value& body, const Attempt& attempt,
                               std::int64_t max_bytes, std::vector<http_client::Header> more = {}) const;
    Answered<json::Value> post_form(const std::string& path, const Multipart& form, const Attempt& attempt,
                                    std::int64_t max_bytes, std::vector<http_client::Header> more = {}) const;
    Answered<json::Value> get(const std::string& path, const Attempt& attempt, std::int64_t max_bytes) const;
    /// A 2xx body as it is.
    Answered<std::string> download(const std::string& path, const Attempt& attempt,
                                   std::int64_t max_bytes) const;
    /// A message to take work back: sent even when the call was stopped, for two seconds at most; what comes
    /// back plays no part.
    void take_back(const std::string& path, const json::Value& body) const;

  private:
    http_client::Request request(std::string method, const std::string& path, const Attempt& attempt,
                                 std::int64_t max_bytes) const;
    Answered<http_client::Response> send(http_client::Request request, const Attempt& attempt) const;
    Answered<json::Value> read(Answered<http_client::Response> response) const;
    Failure failure_of(const http_client::Response& response) const;

    const Endpoint endpoint_;
    http_client::Client& client_;
};

/// The guarded kind: for addresses that an answer names. No header of the vendor's goes there, so no key.
Answered<std::string> fetch_output(http_client::Client& client, const std::string& vendor_id,
                                   const std::string& url, const http_client::Guard& guard,
                                   const Attempt& attempt, std::int64_t max_bytes);

}  // namespace atelier::ai
