// How a session sends answers: texts, files and event streams.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "api/http/byte_range.hpp"
#include "api/http/offload.hpp"
#include "api/http/reader_share.hpp"
#include "api/http/response_head.hpp"
#include "api/http/session.hpp"

namespace atelier::api::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kFilePiece = 256 * 1024;
constexpr std::size_t kLingerBytes = 1024 * 1024;
constexpr std::chrono::milliseconds kLingerTime{2000};

std::string as_sse(const live::Event& event) {
    std::string out = "id: " + std::to_string(event.seq) + "\nevent: " + event.type + "\ndata: ";
    for (char c : event.json) {
        out += c;
        if (c == '\n') out += "data: ";
    }
    return out + "\n\n";
}

std::string quoted_name(std::string_view name) {
    std::string out = "attachment; filename=\"";
    for (char c : name)
        out += c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
    return out + "\"";
}

/// Sets status and headers for a file by the request's conditions; returns the bytes to send.
ByteRange apply_conditions(Reply& reply, const Request& request, const FileSource& source,
                           const FileBody& body) {
    reply.headers.set("ETag", source.etag);
    reply.headers.set("Accept-Ranges", "bytes");
    if (!reply.headers.has("Content-Type")) reply.headers.set("Content-Type", body.content_type);
    if (!reply.headers.has("Cache-Control")) reply.headers.set("Cache-Control", "private, no-cache");
    if (!body.download_name.empty())
        reply.headers.set("Content-Disposition", quoted_name(body.download_name));
    if (request.headers.get("If-None-Match") == source.etag) {
        reply.status = 304;
        return {ByteRange::Kind::whole, 0, 0};
    }
    const std::string_view if_range = request.headers.get("If-Range");
    const bool ranged = request.method == Method::get && (if_range.empty() || if_range == source.etag);
    const ByteRange range = parse_byte_range(ranged ? request.headers.get("Range") : "", source.size);
    const std::string size = std::to_string(source.size);
    if (range.kind == ByteRange::Kind::unsatisfiable) {
        reply.status = 416;
        reply.headers.set("Content-Range", "bytes */" + size);
    } else if (range.kind == ByteRange::Kind::part) {
        reply.status = 206;
        reply.headers.set("Content-Range", "bytes " + std::to_string(range.offset) + "-" +
                                               std::to_string(range.offset + range.length - 1) + "/" + size);
    }
    return range;
}

}  // namespace

Session::Async<bool> Session::write(std::string_view first, std::string_view second) {
    deadline_.arm(front_.settings.write_time, shared_from_this());
    const std::array buffers{asio::buffer(first.data(), first.size()),
                             asio::buffer(second.data(), second.size())};
    const auto [error, count] =
        co_await asio::async_write(socket_, buffers, asio::as_tuple(asio::use_awaitable));
    deadline_.disarm();
    if (error) gone_ = true;
    co_return !error;
}

std::string Session::head_of(const Exchange& exchange, const Reply& reply,
                             std::optional<std::uint64_t> length) const {
    return response_head(reply, {.request_id = exchange.request.request_id,
                                 .keep_alive = exchange.keep_alive,
                                 .minor_version = exchange.minor_version,
                                 .content_length = length,
                                 .origin = exchange.request.headers.get("Origin"),
                                 .cors_origins = front_.settings.cors_origins});
}

Session::Async<void> Session::send(Exchange& exchange, Reply reply) {
    if (std::holds_alternative<FileBody>(reply.body))
        co_return co_await send_file(exchange, std::move(reply));
    if (std::holds_alternative<EventStreamBody>(reply.body))
        co_return co_await send_events(exchange, std::move(reply));
    const std::string& body = reply.text_body();
    const bool bare = exchange.request.method == Method::head;
    const std::string head = head_of(exchange, reply, body.size());
    const std::string_view text = bare || reply.status == 204 ? std::string_view() : std::string_view(body);
    if (!co_await write(head, text.substr(0, kFilePiece))) co_return;
    for (std::size_t at = kFilePiece; at < text.size(); at += kFilePiece) {
        if (!co_await write(text.substr(at, kFilePiece))) co_return;
    }
}

Session::Async<void> Session::send_file(Exchange& exchange, Reply reply) {
    const FileBody body = std::get<FileBody>(std::move(reply.body));
    auto opened = co_await offload(front_.pool, [&] { return FileSource::open(body.path); });
    if (!opened) {
        Reply error = Reply::error(opened.error(), exchange.request.request_id);
        exchange.status = error.status;
        co_return co_await send(exchange, std::move(error));
    }
    const FileSource source = std::move(*opened);
    const ByteRange range = apply_conditions(reply, exchange.request, source, body);
    exchange.status = reply.status;
    if (!co_await write(head_of(exchange, reply, range.length))) co_return;
    if (exchange.request.method == Method::head) co_return;
    for (std::uint64_t sent = 0; sent < range.length;) {
        const std::size_t wanted = std::min<std::uint64_t>(kFilePiece, range.length - sent);
        const auto piece =
            co_await offload(front_.pool, [&] { return source.read(range.offset + sent, wanted); });
        if (!piece || piece->size() != wanted) {
            gone_ =
                true;  // the length is promised: only closing tells the client that the rest will not come
            co_return;
        }
        if (!co_await write(*piece)) co_return;
        sent += wanted;
    }
}

Session::Async<void> Session::send_events(Exchange& exchange, Reply reply) {
    const EventStreamBody stream = std::get<EventStreamBody>(std::move(reply.body));
    const Request& request = exchange.request;
    const auto wake = [weak = weak_from_this(), executor = loop_.context.get_executor()] {
        asio::post(executor, [weak] {
            if (const auto self = weak.lock()) self->wake_.cancel();
        });
    };
    const auto reader = std::make_shared<live::Reader>(wake, queue_share(front_.settings.reader_limit));
    limit_send_buffer(socket_, front_.settings.reader_limit);
    const auto subscribed = co_await offload(front_.pool, [&]() -> Result<bool> {
        if (!request.principal) return internal("An event stream needs a principal.");
        if (const auto allowed = front_.hub.allow(*request.principal, stream.job_id); !allowed)
            return allowed.error();
        if (const auto begun = front_.hub.subscribe(reader, stream.job_id, stream.after); !begun)
            return begun.error();
        return front_.hub.expects_events(*reader);
    });
    std::optional<Reply> instead;
    if (!subscribed) {
        instead = Reply::error(subscribed.error(), request.request_id);
    } else if (!*subscribed) {
        instead = Reply::no_content();  // the job ended and all was seen: 204 stops an EventSource from
                                        // reconnecting
    }
    if (!instead && request.method == Method::head) instead = Reply::text(200, "text/event-stream", "");
    if (instead) {
        front_.hub.leave(*reader);
        exchange.status = instead->status;
        co_return co_await send(exchange, std::move(*instead));
    }
    exchange.keep_alive = false;
    reply.headers.set("Content-Type", "text/event-stream");
    reply.headers.set("X-Accel-Buffering", "no");
    if (co_await write(head_of(exchange, reply, std::nullopt), "retry: 2000\n\n")) {
        watch_for_disconnect();
        co_await stream_events(reader);
    }
    front_.hub.leave(*reader);
}

Session::Async<bool> Session::stream_events(const std::shared_ptr<live::Reader>& reader) {
    while (!gone_ && !ending_) {
        while (auto delivery = front_.hub.next(*reader)) {
            if (delivery->kind == live::Delivery::Kind::finished) co_return true;
            if (delivery->event && !co_await write(as_sse(*delivery->event))) co_return false;
        }
        if (front_.hub.too_slow(*reader)) {
            if (front_.observers.on_slow_reader) front_.observers.on_slow_reader("sse");
            co_return false;
        }
        if (gone_ || ending_) break;
        wake_.expires_after(front_.settings.heartbeat_time);
        const auto [woken] = co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!woken && !co_await write(": still here\n\n")) co_return false;
    }
    co_return !gone_;
}

void Session::watch_for_disconnect() {
    // Nothing may come on an event stream; whatever completes this read ends it.
    socket_.async_wait(asio::ip::tcp::socket::wait_read,
                       [self = shared_from_this()](boost::system::error_code) {
                           self->gone_ = true;
                           self->wake_.cancel();
                       });
}

Session::Async<void> Session::linger() {
    // Closing with unread bytes would reset the connection and may destroy the answer before the client reads
    // it.
    boost::system::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    received_.clear();
    deadline_.arm(kLingerTime, shared_from_this());
    for (std::size_t dropped = 0; dropped < kLingerBytes; received_.clear()) {
        if (const auto more = co_await receive_more(); !more) break;
        dropped += received_.size();
    }
}

}  // namespace atelier::api::http
