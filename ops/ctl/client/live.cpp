#include "ops/ctl/client/live.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>

#include "common/http_client/url.hpp"

namespace atelier::ctl {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

constexpr std::chrono::seconds kPatience{10};

Error gone(const beast::error_code& why) {
    return unavailable("The WebSocket broke off: " + why.message());
}

}  // namespace

class LiveSocket::Impl {
  public:
    Result<void> connect(const http_client::Url& url, const std::string& access_token) {
        beast::error_code error;
        asio::ip::tcp::resolver resolver(context_);
        std::string host = url.host;
        if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
        const auto addresses = resolver.resolve(host, std::to_string(url.port), error);
        if (error) return gone(error);
        beast::get_lowest_layer(stream_).expires_after(kPatience);
        beast::get_lowest_layer(stream_).async_connect(addresses, [&](auto e, auto) { finish(e); });
        if (auto connected = run(); !connected) return connected;

        beast::get_lowest_layer(stream_).expires_never();
        auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::client);
        timeouts.handshake_timeout = kPatience;
        timeouts.idle_timeout = std::chrono::seconds(60);
        timeouts.keep_alive_pings = true;
        stream_.set_option(timeouts);
        stream_.set_option(websocket::stream_base::decorator([access_token](websocket::request_type& r) {
            r.set(beast::http::field::authorization, "Bearer " + access_token);
            r.set(beast::http::field::user_agent, "atelierctl");
        }));
        stream_.async_handshake(url.host + ":" + std::to_string(url.port), "/api/v1/ws",
                                [&](auto e) { finish(e); });
        return run();
    }

    Result<void> write(const std::string& text) {
        stream_.async_write(asio::buffer(text), [&](auto e, auto) { finish(e); });
        return run();
    }

    Result<std::optional<json::Value>> read(std::chrono::milliseconds patience) {
        if (!reading_) start_reading();
        const auto until = std::chrono::steady_clock::now() + patience;
        context_.restart();
        while (reading_ && context_.run_one_until(until) > 0) {
        }
        if (reading_) return std::optional<json::Value>();
        if (read_error_) return gone(read_error_);
        auto message = json::parse(beast::buffers_to_string(buffer_.data()));
        buffer_.clear();
        if (!message) return message.error();
        return std::optional(std::move(*message));
    }

  private:
    void start_reading() {
        reading_ = true;
        stream_.async_read(buffer_, [this](beast::error_code e, std::size_t) {
            reading_ = false;
            read_error_ = e;
        });
    }

    void finish(beast::error_code error) {
        finished_ = true;
        error_ = error;
    }

    /// Until the operation that was just begun has finished; each has a deadline of its own.
    Result<void> run() {
        finished_ = false;
        context_.restart();
        while (!finished_ && context_.run_one() > 0) {
        }
        if (error_) return gone(error_);
        return {};
    }

    asio::io_context context_{1};
    websocket::stream<beast::tcp_stream> stream_{context_};
    beast::flat_buffer buffer_;
    beast::error_code error_, read_error_;
    bool finished_ = false, reading_ = false;
};

LiveSocket::LiveSocket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiveSocket::LiveSocket(LiveSocket&&) noexcept = default;
LiveSocket::~LiveSocket() = default;

Result<LiveSocket> LiveSocket::open(const std::string& server, const std::string& access_token) {
    const auto url = http_client::parse_url(server + "/");
    if (!url) return url.error();
    if (url->scheme != "http") return unavailable("TLS is left to polling.");
    auto impl = std::make_unique<Impl>();
    if (auto connected = impl->connect(*url, access_token); !connected) return connected.error();
    return LiveSocket(std::move(impl));
}

Result<void> LiveSocket::subscribe(const std::string& job_id, std::int64_t after) {
    return impl_->write(
        json::write(json::Object{{"type", "subscribe"}, {"job_id", job_id}, {"after", after}}));
}

Result<std::optional<json::Value>> LiveSocket::next(std::chrono::milliseconds patience) {
    return impl_->read(patience);
}

}  // namespace atelier::ctl
