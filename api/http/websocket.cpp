#include "api/http/websocket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket.hpp>

#include "api/http/offload.hpp"
#include "api/http/reader_share.hpp"
#include "api/live/hub.hpp"
#include "common/json/value.hpp"

namespace atelier::api::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

constexpr std::chrono::seconds kHandshakeTime{10};
constexpr std::chrono::seconds kCloseTime{5};

class WebSocketSession final : public Connection, public std::enable_shared_from_this<WebSocketSession> {
  public:
    WebSocketSession(Front& front, IoLoop& loop, asio::ip::tcp::socket socket, Request request);
    ~WebSocketSession() override { front_.hub.leave(*reader_); }

    void start();
    void finish() override { close(websocket::close_code::going_away, "the server stops"); }
    void abort() override;

  private:
    template <class T>
    using Async = asio::awaitable<T>;

    Async<void> run();
    Async<bool> accept();
    Async<void> read_messages();
    Async<void> write_messages();
    Async<void> obey(std::string text);
    Async<void> authenticate(const json::Value& message);
    Async<void> subscribe(const json::Value& message);
    void unsubscribe(const json::Value& message);
    void expect_authentication();
    void wake();
    void give_up_if_too_slow();
    void close(websocket::close_code code, std::string_view reason);
    void say(json::Object message) { front_.hub.send(*reader_, json::write(std::move(message))); }
    void complain(const Error& error, const std::string& job_id = {});
    std::shared_ptr<live::Reader> make_reader();

    websocket::stream<asio::ip::tcp::socket> stream_;
    Request request_;
    asio::steady_timer wake_;    ///< the writer waits on it
    asio::steady_timer cutoff_;  ///< for authentication first, for the closing handshake last
    std::shared_ptr<live::Reader> reader_;
    bool closing_ = false;
};

constexpr auto kForever = asio::steady_timer::time_point::max();

WebSocketSession::WebSocketSession(Front& front, IoLoop& loop, asio::ip::tcp::socket socket, Request request)
    : Connection(front, loop),
      stream_(std::move(socket)),
      request_(std::move(request)),
      wake_(loop.context, kForever),
      cutoff_(loop.context) {}

std::shared_ptr<live::Reader> WebSocketSession::make_reader() {
    const auto wake = [weak = weak_from_this(), executor = loop_.context.get_executor()] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->wake();
        });
    };
    return std::make_shared<live::Reader>(wake, queue_share(front_.settings.reader_limit));
}

void WebSocketSession::start() {
    limit_send_buffer(beast::get_lowest_layer(stream_), front_.settings.reader_limit);
    reader_ = make_reader();
    asio::co_spawn(
        loop_.context, [self = shared_from_this()]() -> Async<void> { co_await self->run(); },
        asio::detached);
}

void WebSocketSession::abort() {
    closing_ = true;
    wake_.cancel();
    boost::system::error_code ignored;
    beast::get_lowest_layer(stream_).close(ignored);
}

WebSocketSession::Async<void> WebSocketSession::run() {
    if (!co_await accept()) co_return;
    if (front_.draining) finish();
    if (!request_.principal) expect_authentication();
    asio::co_spawn(
        loop_.context, [self = shared_from_this()]() -> Async<void> { co_await self->write_messages(); },
        asio::detached);
    co_await read_messages();
    closing_ = true;
    front_.hub.leave(*reader_);
    cutoff_.cancel();
    wake_.cancel();
}

WebSocketSession::Async<bool> WebSocketSession::accept() {
    stream_.set_option(websocket::stream_base::timeout{.handshake_timeout = kHandshakeTime,
                                                       .idle_timeout = front_.settings.websocket_idle_time,
                                                       .keep_alive_pings = true});
    stream_.set_option(
        websocket::stream_base::decorator([id = request_.request_id](websocket::response_type& response) {
            response.set("X-Request-Id", id);
            response.set("X-Content-Type-Options", "nosniff");
            response.erase(beast::http::field::server);
        }));
    stream_.auto_fragment(false);
    stream_.read_message_max(front_.settings.websocket_message_limit);
    beast::http::request<beast::http::empty_body> upgrade(beast::http::verb::get, request_.target, 11);
    for (const auto& [name, value] : request_.headers)
        upgrade.insert(name, value);
    const auto [error] = co_await stream_.async_accept(upgrade, asio::as_tuple(asio::use_awaitable));
    co_return !error;
}

WebSocketSession::Async<void> WebSocketSession::read_messages() {
    beast::flat_buffer buffer;
    for (;;) {
        const auto [error, count] = co_await stream_.async_read(buffer, asio::as_tuple(asio::use_awaitable));
        if (error) co_return;
        std::string text = beast::buffers_to_string(buffer.data());
        buffer.consume(buffer.size());
        if (closing_) continue;  // until the peer answers the close
        if (stream_.got_text()) {
            co_await obey(std::move(text));
        } else {
            complain(bad_request("Messages are JSON texts."));
        }
    }
}

WebSocketSession::Async<void> WebSocketSession::write_messages() {
    stream_.text(true);
    while (!closing_) {
        while (auto delivery = front_.hub.next(*reader_)) {
            using Kind = live::Delivery::Kind;
            if (delivery->kind == Kind::finished) {
                delivery->text = json::write(json::Object{
                    {"type", "unsubscribed"}, {"job_id", delivery->job_id}, {"reason", "finished"}});
            }
            const std::string& text = delivery->kind == Kind::event ? delivery->event->json : delivery->text;
            const auto [error, count] =
                co_await stream_.async_write(asio::buffer(text), asio::as_tuple(asio::use_awaitable));
            if (error || closing_) co_return;
        }
        give_up_if_too_slow();
        if (closing_) co_return;
        wake_.expires_at(kForever);
        co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

// The writer may be stuck in a message that the reader does not take: it cannot look itself.
void WebSocketSession::wake() {
    wake_.cancel();
    give_up_if_too_slow();
}

void WebSocketSession::give_up_if_too_slow() {
    if (closing_ || !front_.hub.too_slow(*reader_)) return;
    if (front_.observers.on_slow_reader) front_.observers.on_slow_reader("websocket");
    make_room_for_farewell(beast::get_lowest_layer(stream_), front_.settings.reader_limit);
    close(websocket::close_code::try_again_later, "too slow");
}

void WebSocketSession::expect_authentication() {
    cutoff_.expires_after(front_.settings.websocket_auth_time);
    cutoff_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error && !self->request_.principal) {
            self->close(websocket::close_code::policy_error, "no authentication");
        }
    });
}

void WebSocketSession::close(websocket::close_code code, std::string_view reason) {
    if (closing_) return;
    closing_ = true;
    wake_.cancel();
    // A write that a stalled reader blocks also blocks the close frame: after a while the socket just goes.
    cutoff_.expires_after(kCloseTime);
    cutoff_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error) self->abort();
    });
    stream_.async_close(websocket::close_reason(code, beast::string_view(reason.data(), reason.size())),
                        [self = shared_from_this()](boost::system::error_code) { self->cutoff_.cancel(); });
}

void WebSocketSession::complain(const Error& error, const std::string& job_id) {
    json::Value envelope = error_envelope(error, request_.request_id);
    json::Object message{
        {"type", "error"}, {"error", envelope["error"]}, {"request_id", request_.request_id}};
    if (!job_id.empty()) message.set("job_id", job_id);
    say(std::move(message));
}

WebSocketSession::Async<void> WebSocketSession::obey(std::string text) {
    const auto message = json::parse(text, {.max_depth = 8});
    if (!message) co_return complain(message.error());
    if (!message->is_object()) co_return complain(bad_request("A message is a JSON object."));
    const std::string& type = (*message)["type"].as_string();
    if (type == "auth") co_return co_await authenticate(*message);
    if (!request_.principal)
        co_return complain(unauthenticated("Send {\"type\":\"auth\",\"token\":…} first."));
    if (type == "subscribe") co_return co_await subscribe(*message);
    if (type == "unsubscribe") co_return unsubscribe(*message);
    complain(invalid("/type", "enum", "The types are auth, subscribe and unsubscribe."));
}

WebSocketSession::Async<void> WebSocketSession::authenticate(const json::Value& message) {
    if (request_.principal) co_return complain(conflict("This connection is authenticated already."));
    request_.headers.set("Authorization", "Bearer " + message["token"].as_string());
    auto principal = co_await offload(front_.pool, [&] { return front_.identify(request_); });
    if (!principal) co_return complain(principal.error());
    request_.principal = std::move(*principal);
    if (!closing_) cutoff_.cancel();
    say({{"type", "authenticated"}});
}

WebSocketSession::Async<void> WebSocketSession::subscribe(const json::Value& message) {
    const std::string job_id = message["job_id"].as_string();
    const json::Value& after = message["after"];
    if (job_id.empty()) co_return complain(invalid("/job_id", "required", "job_id names the job to watch."));
    if (!(after.is_null() || (after.is_int() && after.as_int() >= 0))) {
        co_return complain(invalid("/after", "minimum", "after is the last seq already seen, 0 or more."),
                           job_id);
    }
    const auto begun = co_await offload(front_.pool, [&]() -> Result<void> {
        if (const auto allowed = front_.hub.allow(*request_.principal, job_id); !allowed)
            return allowed.error();
        // Said before the first event can be queued. What may still fail after it is answered with an error.
        say({{"type", "subscribed"}, {"job_id", job_id}, {"after", after.as_int()}});
        return front_.hub.subscribe(reader_, job_id, after.as_int());
    });
    if (!begun) complain(begun.error(), job_id);
}

void WebSocketSession::unsubscribe(const json::Value& message) {
    const std::string job_id = message["job_id"].as_string();
    if (!front_.hub.unsubscribe(*reader_, job_id)) return complain(not_found("subscription"), job_id);
    say({{"type", "unsubscribed"}, {"job_id", job_id}, {"reason", "asked"}});
}

}  // namespace

void serve_websocket(Front& front, IoLoop& loop, asio::ip::tcp::socket socket, Request request) {
    std::make_shared<WebSocketSession>(front, loop, std::move(socket), std::move(request))->start();
}

}  // namespace atelier::api::http
