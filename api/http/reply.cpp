#include "api/http/reply.hpp"

namespace atelier::api::http {

int http_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_request:
            return 400;
        case ErrorCode::unauthenticated:
            return 401;
        case ErrorCode::insufficient_credits:
            return 402;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::method_not_allowed:
            return 405;
        case ErrorCode::request_timeout:
            return 408;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::too_large:
            return 413;
        case ErrorCode::unsupported_media:
            return 415;
        case ErrorCode::validation_failed:
            return 422;
        case ErrorCode::rate_limited:
            return 429;
        case ErrorCode::header_too_large:
            return 431;
        case ErrorCode::generation_failed:
        case ErrorCode::internal:
            return 500;
        case ErrorCode::unavailable:
            return 503;
    }
    return 500;
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "";
    }
}

json::Value error_envelope(const Error& error, std::string_view request_id) {
    json::Array details;
    for (const FieldError& field : error.details) {
        details.push_back(
            json::Object{{"pointer", field.pointer}, {"rule", field.rule}, {"message", field.message}});
    }
    const json::Value retry_after = error.retry_after_s ? json::Value(*error.retry_after_s) : json::Value();
    return json::Object{{"error", json::Object{{"code", to_string(error.code)},
                                               {"message", error.message},
                                               {"details", std::move(details)},
                                               {"retryable", error.retryable()},
                                               {"retry_after", retry_after}}},
                        {"request_id", request_id}};
}

Reply Reply::json(int status, const json::Value& value) {
    return text(status, "application/json", json::write(value));
}

Reply Reply::error(const Error& error, std::string_view request_id) {
    Reply reply = json(http_status(error.code), error_envelope(error, request_id));
    if (error.retry_after_s) reply.headers.set("Retry-After", std::to_string(*error.retry_after_s));
    if (error.code == ErrorCode::unauthenticated) reply.headers.set("WWW-Authenticate", "Bearer");
    return reply;
}

Reply Reply::no_content() {
    return {.status = 204, .headers = {}, .body = std::string()};
}

Reply Reply::text(int status, std::string_view content_type, std::string body) {
    Reply reply{.status = status, .headers = {}, .body = std::move(body)};
    reply.headers.add("Content-Type", std::string(content_type));
    return reply;
}

Reply Reply::file(std::filesystem::path path, std::string content_type, std::string download_name) {
    return {.status = 200,
            .headers = {},
            .body = FileBody{std::move(path), std::move(content_type), std::move(download_name)}};
}

Reply Reply::events(std::string job_id, std::int64_t after) {
    return {.status = 200, .headers = {}, .body = EventStreamBody{std::move(job_id), after}};
}

const std::string& Reply::text_body() const {
    static const std::string kEmpty;
    const auto* text = std::get_if<std::string>(&body);
    return text ? *text : kEmpty;
}

}  // namespace atelier::api::http
