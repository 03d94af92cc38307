#pragma once
// The front: listens, reads strictly, runs handlers on worker threads, streams job events.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "api/http/route.hpp"
#include "api/http/settings.hpp"

namespace atelier::api::live {
class Hub;
}

namespace atelier::api::http {

/// Reads the Authorization header (`Request::bearer_token`); called concurrently. WebSocket tokens from the
/// query or the first message arrive in the same header.
struct Authenticator {
    /// Runs on worker threads and may block.
    std::function<Result<Principal>(const Request&)> authenticate;
    /// The same answer without blocking, on an I/O thread; nothing when it takes the database. May be empty.
    std::function<std::optional<Result<Principal>>(const Request&)> recognize = {};
};

/// Called from server threads, concurrently; must be quick. Empty ones are not called.
struct Observers {
    /// After every answer; `pattern` is the route's, or empty when none matched.
    std::function<void(Method, std::string_view pattern, int status, std::chrono::duration<double>)>
        on_request;
    /// A handler threw; the client saw 500 with this request id.
    std::function<void(std::string_view request_id, std::string_view what)> on_exception;
    std::function<void(RateClass)> on_rate_limited;
    /// The head or the framing of a body was refused.
    std::function<void(const Error&)> on_bad_framing;
    /// `websocket` or `sse`: a reader exceeded its queue.
    std::function<void(std::string_view transport)> on_slow_reader;
};

class Server {
  public:
    /// The table, hub and services must outlive the server. Throws std::invalid_argument on a contradictory
    /// table.
    Server(ServerSettings settings, std::span<const Route> table, Authenticator authenticate, live::Hub& hub,
           ApiServices& services, Observers observers = {});
    ~Server();
    Server(const Server&) = delete;

    /// Binds and begins to serve on its own threads. Error: unavailable with the address and the system's
    /// reason.
    Result<void> start();
    /// Stops accepting, lets what is in flight finish for `drain_time`, closes the rest, joins the threads.
    /// Idempotent.
    void stop();
    /// The port really listened on; 0 before start().
    std::uint16_t port() const;
    /// Open connections, WebSockets and event streams included.
    std::size_t connections() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace atelier::api::http
