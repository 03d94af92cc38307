#include "api/http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <vector>

#include "api/http/front.hpp"
#include "api/http/response_head.hpp"
#include "api/http/session.hpp"
#include "common/ids/id.hpp"

namespace atelier::api::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// The text a client gets that is one too many.
std::string refusal(const ServerSettings& settings) {
    const std::string id = ids::new_uuid();
    const Reply reply = Reply::error(unavailable("Too many connections.", 1), id);
    const std::string& body = reply.text_body();
    return response_head(reply, {.request_id = id,
                                 .keep_alive = false,
                                 .minor_version = 1,
                                 .content_length = body.size(),
                                 .origin = {},
                                 .cors_origins = settings.cors_origins}) +
           body;
}

}  // namespace

class Server::Impl {
  public:
    Impl(ServerSettings settings, std::span<const Route> table, Authenticator authenticate, live::Hub& hub,
         ApiServices& services, Observers observers)
        : front_{.settings = settings,
                 .router = Router(table),
                 .authenticator = std::move(authenticate),
                 .hub = hub,
                 .services = services,
                 .observers = std::move(observers),
                 .limiter{settings.rate_rules, settings.rate_keys},
                 .pool{"http-handler", static_cast<std::size_t>(settings.handler_threads),
                       settings.handler_queue}},
          loops_(static_cast<std::size_t>(std::max(settings.io_threads, 1))),
          acceptor_(loops_.front().context) {
        for (const Route& route : table)
            if (route.group_handler)
                front_.gatherings.try_emplace(&route, route, services, front_.pool,
                                              front_.observers.on_exception);
    }

    Result<void> start();
    void stop();
    std::uint16_t port() const { return port_; }
    std::size_t connections() {
        std::lock_guard lock(front_.mutex);
        return front_.connections;
    }

  private:
    Result<void> listen();
    asio::awaitable<void> accept();
    asio::awaitable<void> refuse(tcp::socket socket);
    /// Calls `act` for every connection, on its own thread.
    void tell_all(void (Connection::*act)());
    bool wait_until_closed(std::chrono::milliseconds time);

    Front front_;
    std::vector<IoLoop> loops_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    bool running_ = false;
};

Result<void> Server::Impl::start() {
    if (const auto checked = front_.settings.check(); !checked) return checked;
    if (const auto listening = listen(); !listening) return listening;
    running_ = true;
    asio::co_spawn(loops_.front().context, accept(), asio::detached);
    for (IoLoop& loop : loops_)
        loop.thread = std::thread([&loop] { loop.context.run(); });
    return {};
}

Result<void> Server::Impl::listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(front_.settings.address, error);
    const tcp::endpoint endpoint(address, front_.settings.port);
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    if (!error) return {};
    return unavailable(fmt::format("Cannot listen on {}:{}: {}.", front_.settings.address,
                                   front_.settings.port, error.message()));
}

asio::awaitable<void> Server::Impl::accept() {
    for (std::size_t turn = 0;; ++turn) {
        IoLoop& loop = loops_[turn % loops_.size()];
        auto [error, socket] =
            co_await acceptor_.async_accept(loop.context, asio::as_tuple(asio::use_awaitable));
        if (!acceptor_.is_open()) co_return;
        if (error) {
            // Out of descriptors, most likely: accepting again at once would only spin.
            asio::steady_timer pause(loops_.front().context, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
        } else if (connections() >= front_.settings.max_connections) {
            asio::co_spawn(loop.context, refuse(std::move(socket)), asio::detached);
        } else {
            asio::post(loop.context, [this, &loop, socket = std::move(socket)]() mutable {
                std::make_shared<Session>(front_, loop, std::move(socket))->start();
            });
        }
    }
}

asio::awaitable<void> Server::Impl::refuse(tcp::socket socket) {
    // A fresh socket's buffer takes this short text at once; a client for whom it does not gets no more
    // attention.
    boost::system::error_code ignored;
    const std::string text = refusal(front_.settings);
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    asio::steady_timer pause(socket.get_executor(), std::chrono::milliseconds(100));
    co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    std::array<char, 8192>
        dropped;  // unread bytes would turn the close into a reset that destroys the answer
    socket.read_some(asio::buffer(dropped), ignored);
}

void Server::Impl::tell_all(void (Connection::*act)()) {
    for (IoLoop& loop : loops_) {
        asio::post(loop.context, [&loop, act] {
            const std::vector<Connection*> open(loop.open.begin(), loop.open.end());
            for (Connection* connection : open) {
                if (loop.open.contains(connection)) (connection->*act)();
            }
        });
    }
}

bool Server::Impl::wait_until_closed(std::chrono::milliseconds time) {
    std::unique_lock lock(front_.mutex);
    return front_.closed.wait_for(lock, time, [this] { return front_.connections == 0; });
}

void Server::Impl::stop() {
    if (!std::exchange(running_, false)) return;
    asio::post(loops_.front().context, [this] {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
    });
    front_.draining = true;
    tell_all(&Connection::finish);
    if (!wait_until_closed(front_.settings.drain_time)) tell_all(&Connection::abort);
    front_.pool.stop();
    for (IoLoop& loop : loops_)
        loop.work.reset();
    for (IoLoop& loop : loops_)
        loop.thread.join();
}

Server::Server(ServerSettings settings, std::span<const Route> table, Authenticator authenticate,
               live::Hub& hub, ApiServices& services, Observers observers)
    : impl_(std::make_unique<Impl>(std::move(settings), table, std::move(authenticate), hub, services,
                                   std::move(observers))) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    return impl_->start();
}
void Server::stop() {
    impl_->stop();
}
std::uint16_t Server::port() const {
    return impl_->port();
}
std::size_t Server::connections() const {
    return impl_->connections();
}

}  // namespace atelier::api::http
