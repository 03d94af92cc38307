#include "api/http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/http/offload.hpp"
#include "api/http/response_head.hpp"
#include "api/http/target.hpp"
#include "api/http/websocket.hpp"
#include "common/ids/id.hpp"

namespace atelier::api::http {

namespace asio = boost::asio;

Session::Session(Front& front, IoLoop& loop, asio::ip::tcp::socket socket)
    : Connection(front, loop),
      socket_(std::move(socket)),
      deadline_(socket_),
      wake_(loop.context),
      ending_(front.draining) {
    boost::system::error_code ignored;
    remote_address_ = socket_.remote_endpoint(ignored).address().to_string();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Session::start() {
    asio::co_spawn(
        loop_.context, [self = shared_from_this()]() -> Async<void> { co_await self->run(); },
        asio::detached);
}

void Session::finish() {
    ending_ = true;
    wake_.cancel();
    boost::system::error_code ignored;
    if (idle_) socket_.cancel(ignored);
}

void Session::abort() {
    ending_ = gone_ = true;
    wake_.cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Session::Async<void> Session::run() {
    while (co_await serve_one()) {
    }
    if (linger_ && !gone_) co_await linger();
    deadline_.stop();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

Session::Async<bool> Session::serve_one() {
    Result<std::optional<Head>> head = co_await read_head();
    if (head && !*head) co_return false;
    Exchange exchange;
    exchange.request.request_id = ids::new_uuid();
    exchange.request.remote_address = remote_address_;
    exchange.request.deadline = exchange.started + front_.settings.handler_time;
    Answer reply;
    if (head) {
        reply = co_await answer(exchange, **head);
    } else {
        exchange.known_method = false;
        exchange.body_unread = true;
        if (front_.observers.on_bad_framing) front_.observers.on_bad_framing(head.error());
        reply = Reply::error(head.error(), exchange.request.request_id);
    }
    if (!reply || gone_) co_return false;
    if (exchange.body_unread) linger_ = true;
    exchange.keep_alive = exchange.keep_alive && !exchange.body_unread && !ending_;
    exchange.status = reply->status;
    co_await send(exchange, std::move(*reply));
    record(exchange);
    co_return exchange.keep_alive && !gone_;
}

Session::Async<Result<std::optional<Head>>> Session::read_head() {
    std::size_t scanned = 0;
    bool begun = false;
    deadline_.arm(front_.settings.keep_alive_time, shared_from_this());
    for (;;) {
        if (!received_.empty() && !begun) {
            begun = true;
            deadline_.arm(front_.settings.request_time, shared_from_this());
        }
        const auto end = find_head_end(received_, scanned);
        if (!end) co_return end.error();
        if (*end > front_.settings.header_limit ||
            (*end == 0 && received_.size() > front_.settings.header_limit)) {
            co_return Error{ErrorCode::header_too_large, "The request's header is too large.", {}, {}};
        }
        if (*end > 0) {
            auto head = parse_head(std::string_view(received_).substr(0, *end));
            received_.erase(0, *end);
            if (!head) co_return head.error();
            co_return std::move(*head);
        }
        if (!begun && ending_) co_return std::nullopt;
        idle_ = !begun;
        const auto more = co_await receive_more();
        idle_ = false;
        if (!more && begun && more.error().code == ErrorCode::request_timeout) co_return more.error();
        if (!more) co_return std::nullopt;
    }
}

Session::Async<Result<void>> Session::receive_more() {
    std::array<char, 16 * 1024> piece;
    const auto [error, count] =
        co_await socket_.async_read_some(asio::buffer(piece), asio::as_tuple(asio::use_awaitable));
    if (error) {
        if (deadline_.expired()) {
            co_return Error{ErrorCode::request_timeout, "The request took too long to arrive.", {}, {}};
        }
        gone_ = true;
        co_return internal("The client went away.");
    }
    received_.append(piece.data(), count);
    co_return Result<void>();
}

Session::Async<Session::Answer> Session::answer(Exchange& exchange, Head& head) {
    Request& request = exchange.request;
    request.method = head.method;
    request.target = std::move(head.target);
    request.content_length = head.content_length;
    exchange.minor_version = head.minor_version;
    exchange.keep_alive = head.keep_alive;
    exchange.body_unread = head.has_body();
    auto target = parse_target(request.target);
    if (!target) {
        exchange.body_unread = true;
        if (front_.observers.on_bad_framing) front_.observers.on_bad_framing(target.error());
        co_return Reply::error(target.error(), request.request_id);
    }
    request.path = target->path;
    request.query = std::move(target->query);
    if (request.path == front_.settings.websocket_path && request.method == Method::get) {
        co_return co_await upgrade(exchange, head);
    }
    request.headers = std::move(head.headers);
    Router::Match match = front_.router.match(request.method, request.path);
    if (match.options) co_return options_reply(match.allow);
    if (!match.route) {
        Reply reply = Reply::error(*match.error, request.request_id);
        if (!match.allow.empty()) reply.headers.set("Allow", match.allow);
        co_return reply;
    }
    exchange.route = match.route;
    request.path_parameters = std::move(match.parameters);
    co_return co_await dispatch(exchange, head);
}

Session::Async<Session::Answer> Session::dispatch(Exchange& exchange, const Head& head) {
    Request& request = exchange.request;
    const Route& route = *exchange.route;
    const bool body_first = head.has_body() || route.body == BodyPolicy::upload;
    if (body_first) {
        // Nobody may make the server read a body before it is known that they may send one.
        if (const auto received = co_await receive_body(exchange, head); !received) {
            if (gone_) co_return std::nullopt;
            co_return Reply::error(received.error(), request.request_id);
        }
        exchange.body_unread = false;
    }
    deadline_.disarm();
    bool admitted = body_first;
    if (!admitted) {
        if (const auto at_once = front_.admit_at_once(route, request)) {
            if (!*at_once) co_return Reply::error(at_once->error(), request.request_id);
            admitted = true;
        }
    }
    if (admitted && route.group_handler) co_return co_await front_.gathering(route).ask(request);
    auto reply = co_await offload(front_.pool, [&]() -> Reply {
        if (Deadline::Clock::now() > request.deadline) {
            return Reply::error(unavailable("The server is busy.", 1), request.request_id);
        }
        if (!admitted) {
            if (const auto admitted = front_.admit(route, request); !admitted) {
                return Reply::error(admitted.error(), request.request_id);
            }
        }
        return call_handler(route, request);
    });
    if (!reply) co_return Reply::error(reply.error(), request.request_id);
    co_return std::move(*reply);
}

Reply Session::call_handler(const Route& route, Request& request) {
    std::optional<Reply> reply;
    try {
        reply = route.handler(request, front_.services);
    } catch (const std::exception& e) {
        if (front_.observers.on_exception) front_.observers.on_exception(request.request_id, e.what());
        reply = Reply::error(internal("The server made a mistake."), request.request_id);
    }
    if (request.upload) {
        std::error_code ignored;
        std::filesystem::remove(request.upload->path, ignored);
    }
    return std::move(*reply);
}

Session::Async<Session::Answer> Session::upgrade(Exchange& exchange, Head& head) {
    Request& request = exchange.request;
    request.headers = head.headers;
    if (!head.websocket_upgrade || head.has_body() || !received_.empty()) {
        exchange.body_unread = true;
        co_return Reply::error(bad_request("This endpoint speaks WebSocket."), request.request_id);
    }
    if (const auto token = request.query.get("access_token");
        !token.empty() && !request.headers.has("Authorization")) {
        request.headers.set("Authorization", "Bearer " + std::string(token));
    }
    deadline_.disarm();
    using Entered = Result<std::optional<Principal>>;
    auto entered = co_await offload(front_.pool, [&]() -> Entered {
        std::optional<Principal> principal;
        if (request.headers.has("Authorization")) {
            auto identified = front_.identify(request);
            if (!identified) return identified.error();
            principal = std::move(*identified);
        }
        const auto spent =
            front_.spend(RateClass::stream, principal ? principal->user_id : request.remote_address);
        if (!spent) return spent.error();
        return principal;
    });
    if (!entered) co_return Reply::error(entered.error(), request.request_id);
    request.principal = std::move(*entered);
    exchange.status = 101;
    record(exchange);
    deadline_.stop();
    serve_websocket(front_, loop_, std::move(socket_), std::move(request));
    co_return std::nullopt;
}

void Session::record(const Exchange& exchange) const {
    if (!front_.observers.on_request) return;
    const std::string_view pattern = exchange.route ? exchange.route->pattern
                                     : exchange.status == 101
                                         ? std::string_view(front_.settings.websocket_path)
                                         : std::string_view();
    front_.observers.on_request(exchange.known_method ? exchange.request.method : Method::other, pattern,
                                exchange.status, Deadline::Clock::now() - exchange.started);
}

}  // namespace atelier::api::http
