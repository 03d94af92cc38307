#pragma once
// HTTP for the things that workers call: AI providers, the object store, pages that users name. Blocking for
// the caller; inside, libcurl's multi handles carry all transfers of a client, in one I/O thread for plain
// and one for guarded requests, each started when it is first needed.
//
// A Client may be shared by any number of threads; connections are kept alive and reused between calls. Over
// TLS, requests to one host share an HTTP/2 connection where the peer offers it. Guarded and plain requests
// never share a connection, and a guard other than the usual one has its connections to itself.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "common/async/stop_token.hpp"
#include "common/errors/error.hpp"

namespace atelier::http_client {

using Header = std::pair<std::string, std::string>;

/// For URLs that a stranger gave (ARCHITECTURE §8): http(s) without userinfo, these ports, and only public
/// addresses. Every address is checked when its socket is opened, so redirects and DNS answers that change
/// are covered.
struct Guard {
    std::vector<std::uint16_t> ports{80, 443};
    std::vector<std::string> allowed_addresses = {};  ///< numeric; exceptions for a private installation
};

struct FileBody {
    std::filesystem::path path;
};

struct Request {
    std::string method = "GET";
    std::string url = {};
    std::vector<Header> headers = {};
    std::variant<std::monostate, std::string, FileBody> body =
        {};  ///< nothing, bytes, or a file streamed from disk
    std::optional<std::filesystem::path> save_to =
        {};  ///< a 2xx body goes to this file (made or truncated; removed on failure)
    std::int64_t max_response_bytes =
        16 << 20;  ///< more, announced or received, ends the transfer with too_large
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds total_timeout{60'000};
    /// Asks for gzip or deflate and unpacks it; the cap then counts what comes out.
    bool takes_compressed = false;
    int max_redirects = 0;  ///< guarded requests: at most 3 whatever is asked
    std::optional<Guard> guard = {};
    std::function<bool()> cancelled = {};  ///< asked at least once a second, in the caller's thread; true
                                           ///< aborts the transfer. Must not throw.
    async::StopToken stop = {};            ///< a request of it aborts the transfer at once
};

struct Response {
    int status = 0;
    std::vector<Header> headers = {};  ///< of the last response; names in lowercase
    std::string body = {};             ///< empty when the body went to a file
    std::int64_t body_bytes = 0;
    std::string url = {};  ///< where redirects ended

    /// The first header of that name (lowercase), or nothing.
    std::optional<std::string_view> header(std::string_view name) const;
    bool ok() const { return status >= 200 && status < 300; }
    /// Seconds of a Retry-After header, whether it gives a number or a date (RFC 9110 §10.2.3); 0 for a date
    /// that has passed.
    std::optional<int> retry_after_s() const;
};

struct ClientSettings {
    std::string user_agent = "atelier/1";
    std::string proxy = {};         ///< for plain requests; the environment's proxies are never used
    std::string ca_file = {};       ///< empty: the system's certificates
    std::size_t idle_handles = 16;  ///< kept for reuse, and so many connections
};

class Client {
  public:
    explicit Client(ClientSettings settings = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Any HTTP status is a Response; only a missing answer is an Error. Codes: validation_failed at /url
    /// (rules `url`, `scheme`, `userinfo`, `port`, `address`, `redirects`) for what the caller or the guard
    /// forbids · request_timeout · too_large · conflict when cancelled or stopped · unavailable when the peer
    /// cannot be reached or breaks off · internal for local faults (disk full). Messages name the host at
    /// most: never the query, which may hold a signature.
    Result<Response> send(const Request& request) const;

  private:
    struct Pool;
    std::unique_ptr<Pool> pool_;
};

}  // namespace atelier::http_client
