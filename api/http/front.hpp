#pragma once
// What all connections share, and how the server keeps track of them. Private to api/http.

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "api/http/gathering.hpp"
#include "api/http/rate_limiter.hpp"
#include "api/http/router.hpp"
#include "api/http/server.hpp"
#include "api/http/settings.hpp"
#include "common/async/thread_pool.hpp"

namespace atelier::api::http {

class Connection;

/// One I/O thread. Everything of a connection happens on its loop's thread, so connections need no locks.
struct IoLoop {
    std::set<Connection*> open;
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread;
};

struct Front {
    const ServerSettings settings;
    const Router router;
    const Authenticator authenticator;
    live::Hub& hub;
    ApiServices& services;
    const Observers observers;
    RateLimiter limiter;
    async::ThreadPool pool;
    std::map<const Route*, Gathering>
        gatherings{};  ///< one a route with a group handler; filled at the start
    std::atomic<bool> draining = false;

    std::mutex mutex{};
    std::condition_variable closed{};
    std::size_t connections = 0;  ///< guarded by mutex

    /// Of a route that has a group handler.
    Gathering& gathering(const Route& route) { return gatherings.at(&route); }
    /// Takes a token; error: rate_limited with the seconds to wait.
    Result<void> spend(RateClass rate_class, std::string_view key);
    /// Fills Request::principal and draws from the route's budget, or says why the caller may not come in.
    /// Blocks.
    Result<void> admit(const Route& route, Request& request);
    /// The same without blocking; nothing when only admit() can tell.
    std::optional<Result<void>> admit_at_once(const Route& route, Request& request);
    /// Authenticates by the Authorization header. A wrong one costs a token of class auth. Blocks.
    Result<Principal> identify(const Request& request);

  private:
    Result<Principal> charged_if_wrong(Result<Principal> principal, const Request& request);
    Result<void> enter(const Route& route, Request& request, Result<Principal> principal);
};

class Connection {
  public:
    Connection(Front& front, IoLoop& loop);
    virtual ~Connection();
    Connection(const Connection&) = delete;

    /// The server drains: end after what is in flight.
    virtual void finish() = 0;
    /// End now.
    virtual void abort() = 0;

  protected:
    Front& front_;
    IoLoop& loop_;
};

}  // namespace atelier::api::http
