// How a session takes in bodies.

#include "api/http/chunked.hpp"
#include "api/http/offload.hpp"
#include "api/http/session.hpp"

namespace atelier::api::http {

namespace {

constexpr std::size_t kDiskPiece = 256 * 1024;

Error too_large() {
    return {ErrorCode::too_large, "The body is too large.", {}, {}};
}

/// What can be said against the body from the header alone.
Result<void> check_body(const Route& route, const Request& request, const Head& head,
                        std::size_t json_limit) {
    if (route.body == BodyPolicy::none) return bad_request("This endpoint takes no body.");
    if (request.headers.has("Content-Encoding")) {
        return Error{ErrorCode::unsupported_media, "Send the body without Content-Encoding.", {}, {}};
    }
    if (route.body == BodyPolicy::upload) {
        if (!head.content_length) return bad_request("An upload needs Content-Length.");
        return {};
    }
    if (request.content_type() != "application/json") {
        return Error{ErrorCode::unsupported_media, "This endpoint takes application/json.", {}, {}};
    }
    if (head.content_length.value_or(0) > json_limit) return too_large();
    return {};
}

}  // namespace

Session::Async<Result<void>> Session::receive_body(Exchange& exchange, const Head& head) {
    Request& request = exchange.request;
    const Route& route = *exchange.route;
    if (const auto fits = check_body(route, request, head, front_.settings.json_limit); !fits)
        co_return fits.error();
    const auto admitted = co_await admit(route, request);
    if (!admitted) co_return admitted.error();
    if (head.expects_continue && received_.empty()) {
        const bool told = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
        if (!told) co_return internal("The client went away.");
    }
    if (route.body == BodyPolicy::upload) co_return co_await receive_upload(request, *head.content_length);
    co_return co_await receive_json(request, head);
}

Session::Async<Result<void>> Session::admit(const Route& route, Request& request) {
    if (!route.upload_limit)
        if (const auto at_once = front_.admit_at_once(route, request)) co_return *at_once;
    co_return co_await offload(front_.pool, [&]() -> Result<void> {
        if (const auto entered = front_.admit(route, request); !entered) return entered.error();
        if (!route.upload_limit) return Result<void>();
        const auto limit = route.upload_limit(request, front_.services);
        if (!limit) return limit.error();
        return *request.content_length <= *limit ? Result<void>() : too_large();
    });
}

Session::Async<Result<void>> Session::receive_json(Request& request, const Head& head) {
    deadline_.arm(front_.settings.request_time, shared_from_this());
    ChunkedDecoder decoder(front_.settings.json_limit);
    for (;;) {
        if (head.chunked) {
            const auto consumed = decoder.feed(received_, request.body);
            if (!consumed) {
                if (front_.observers.on_bad_framing) front_.observers.on_bad_framing(consumed.error());
                co_return consumed.error();
            }
            received_.erase(0, *consumed);
            if (decoder.done()) co_return Result<void>();
        } else {
            const std::size_t missing = *head.content_length - request.body.size();
            const std::size_t take = std::min(missing, received_.size());
            request.body.append(received_, 0, take);
            received_.erase(0, take);
            if (take == missing) co_return Result<void>();
        }
        if (const auto more = co_await receive_more(); !more) co_return more.error();
    }
}

Session::Async<Result<void>> Session::receive_upload(Request& request, std::uint64_t length) {
    const auto by_size = std::chrono::milliseconds(length * 1000 / front_.settings.upload_bytes_per_second);
    deadline_.arm(front_.settings.request_time + by_size, shared_from_this());
    auto created =
        co_await offload(front_.pool, [&] { return UploadSink::create(front_.settings.upload_folder); });
    if (!created) co_return created.error();
    UploadSink sink = std::move(*created);
    std::uint64_t left = length;
    while (left > 0) {
        while (received_.size() < std::min<std::uint64_t>(left, kDiskPiece)) {
            if (const auto more = co_await receive_more(); !more) co_return more.error();
        }
        const std::size_t take = std::min<std::uint64_t>(left, received_.size());
        const auto written = co_await offload(
            front_.pool, [&] { return sink.write(std::string_view(received_).substr(0, take)); });
        if (!written) co_return written.error();
        received_.erase(0, take);
        left -= take;
    }
    auto finished = co_await offload(front_.pool, [&] { return sink.finish(); });
    if (!finished) co_return finished.error();
    request.upload = std::move(*finished);
    co_return Result<void>();
}

}  // namespace atelier::api::http
