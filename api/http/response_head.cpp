#include "api/http/response_head.hpp"

#include <algorithm>
#include <array>

namespace atelier::api::http {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSecurity{{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
}};

void append(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    for (char c : value) {
        if (c != '\r' && c != '\n' && c != '\0') out += c;
    }
    out += "\r\n";
}

void append_cors(std::string& out, const ResponseFraming& framing) {
    const auto& allowed = framing.cors_origins;
    if (allowed.empty()) return;
    append(out, "Vary", "Origin");
    const bool known = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& origin) {
        return origin == "*" || origin == framing.origin;
    });
    if (framing.origin.empty() || !known) return;
    append(out, "Access-Control-Allow-Origin", framing.origin);
    append(out, "Access-Control-Expose-Headers", "X-Request-Id, Retry-After, ETag, Location");
}

}  // namespace

std::string response_head(const Reply& reply, const ResponseFraming& framing) {
    std::string out;
    out.reserve(512);
    out += "HTTP/1.1 " + std::to_string(reply.status) + " ";
    out += reason_phrase(reply.status);
    out += "\r\n";
    for (const auto& [name, value] : reply.headers)
        append(out, name, value);
    append(out, "X-Request-Id", framing.request_id);
    for (const auto& [name, value] : kSecurity) {
        if (!reply.headers.has(name)) append(out, name, value);
    }
    append_cors(out, framing);
    if (framing.content_length && reply.status != 204 && reply.status != 304) {
        append(out, "Content-Length", std::to_string(*framing.content_length));
    }
    if (!framing.keep_alive) {
        append(out, "Connection", "close");
    } else if (framing.minor_version == 0) {
        append(out, "Connection", "keep-alive");
    }
    out += "\r\n";
    return out;
}

Reply options_reply(const std::string& allow) {
    Reply reply = Reply::no_content();
    reply.headers.add("Allow", allow);
    reply.headers.add("Access-Control-Allow-Methods", allow);
    reply.headers.add("Access-Control-Allow-Headers",
                      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID");
    reply.headers.add("Access-Control-Max-Age", "600");
    return reply;
}

}  // namespace atelier::api::http
