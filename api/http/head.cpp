#include "api/http/head.hpp"

#include <algorithm>
#include <array>

#include "api/http/target.hpp"

namespace atelier::api::http {

namespace {

constexpr std::size_t kMaxFields = 64;
constexpr std::size_t kMaxLengthDigits = 18;

/// Fields of which two would leave open which one counts.
constexpr std::array<std::string_view, 12> kSingle{
    "Host",  "Content-Length", "Transfer-Encoding", "Content-Type",    "Authorization",    "Expect",
    "Range", "Origin",         "If-None-Match",     "Idempotency-Key", "Content-Encoding", "Upgrade"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_token(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
    });
}

bool is_host(std::string_view host) {
    const bool characters = std::all_of(host.begin(), host.end(), [](char c) {
        return is_letter(c) || is_digit(c) || std::string_view("-._:[]").find(c) != std::string_view::npos;
    });
    return characters && !host.empty() && host.size() <= 255;
}

std::string_view without_blanks(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool lists(std::string_view value, std::string_view wanted) {
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (equals_ignoring_case(without_blanks(value.substr(0, comma)), wanted)) return true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return false;
}

Result<void> read_request_line(std::string_view line, Head& head) {
    const std::size_t first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return bad_request("The request line needs three parts.");
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(method)) return bad_request("The method is not a token.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return bad_request("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    if (target.find(' ') != std::string_view::npos)
        return bad_request("The request line has more than three parts.");
    head.method = parse_method(method);
    head.target = target;
    head.minor_version = version.back() - '0';
    head.keep_alive = head.minor_version == 1;
    return {};
}

Result<void> read_field(std::string_view line, Headers& headers) {
    if (line.front() == ' ' || line.front() == '\t') return bad_request("Folded header lines are refused.");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return bad_request("A header line is not `Name: value`.");
    }
    if (headers.size() == kMaxFields) {
        return Error{ErrorCode::header_too_large, "The request has more than 64 header fields.", {}, {}};
    }
    headers.add(std::string(line.substr(0, colon)), std::string(without_blanks(line.substr(colon + 1))));
    return {};
}

Result<void> check_repeats(const Headers& headers) {
    for (std::string_view name : kSingle) {
        const auto same = [&](const auto& field) { return equals_ignoring_case(field.first, name); };
        if (std::count_if(headers.begin(), headers.end(), same) > 1) {
            return bad_request("The header " + std::string(name) + " is repeated.");
        }
    }
    return {};
}

/// Host must be there, and an absolute target (`http://host/path`) must name the same host.
Result<void> settle_host(Head& head) {
    const std::string* host = head.headers.find("Host");
    if (!host && head.minor_version == 1) return bad_request("The Host header is missing.");
    if (host && !is_host(*host)) return bad_request("The Host header is malformed.");
    if (head.target.starts_with('/')) return {};

    const std::string_view target = head.target;
    const std::size_t scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos || !host)
        return bad_request("The request target is not a path.");
    const std::string_view scheme = target.substr(0, scheme_end);
    const std::size_t slash = std::min(target.find('/', scheme_end + 3), target.size());
    const std::string_view authority = target.substr(scheme_end + 3, slash - scheme_end - 3);
    if (scheme != "http" && scheme != "https") return bad_request("The request target has a foreign scheme.");
    if (!equals_ignoring_case(authority, *host))
        return bad_request("The request target and Host name different hosts.");
    head.target = slash < target.size() ? std::string(target.substr(slash)) : "/";
    return {};
}

Result<void> settle_length(Head& head) {
    const std::string* length = head.headers.find("Content-Length");
    const std::string* encoding = head.headers.find("Transfer-Encoding");
    if (head.headers.has("Trailer")) return bad_request("Trailers are refused.");
    if (encoding) {
        if (*encoding != "chunked") return bad_request("The only Transfer-Encoding is `chunked`.");
        if (head.minor_version == 0) return bad_request("HTTP/1.0 has no Transfer-Encoding.");
        if (length) return bad_request("Transfer-Encoding and Content-Length exclude each other.");
        head.chunked = true;
    }
    if (!length) return {};
    const bool digits = !length->empty() && std::all_of(length->begin(), length->end(), is_digit);
    if (!digits || length->size() > kMaxLengthDigits || (length->size() > 1 && length->front() == '0')) {
        return bad_request("Content-Length is not a plain number.");
    }
    head.content_length = std::stoull(*length);
    return {};
}

Result<void> settle_connection(Head& head) {
    bool wants_upgrade = false;
    for (const auto& [name, value] : head.headers) {
        if (!equals_ignoring_case(name, "Connection")) continue;
        if (lists(value, "close")) {
            head.keep_alive = false;
        } else if (head.minor_version == 0 && lists(value, "keep-alive")) {
            head.keep_alive = true;
        }
        wants_upgrade = wants_upgrade || lists(value, "upgrade");
    }
    head.websocket_upgrade = wants_upgrade && head.minor_version == 1 && head.method == Method::get &&
                             equals_ignoring_case(head.headers.get("Upgrade"), "websocket");
    if (const std::string* expect = head.headers.find("Expect")) {
        if (!equals_ignoring_case(*expect, "100-continue"))
            return bad_request("The only Expect is `100-continue`.");
        head.expects_continue = head.minor_version == 1 && head.has_body();
    }
    return {};
}

}  // namespace

Result<std::size_t> find_head_end(std::string_view received, std::size_t& scanned) {
    for (; scanned < received.size(); ++scanned) {
        const char c = received[scanned];
        if (c == '\n') {
            if (scanned == 0 || received[scanned - 1] != '\r')
                return bad_request("A line ends without CR LF.");
            if (scanned >= 3 && received[scanned - 2] == '\n') return ++scanned;
            if (scanned == 1) return bad_request("A request begins with an empty line.");
        } else if (scanned > 0 && received[scanned - 1] == '\r') {
            return bad_request("A CR stands without its LF.");
        } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\t') || c == 0x7f) {
            return bad_request("The header holds a control character.");
        }
    }
    return 0;
}

Result<Head> parse_head(std::string_view text) {
    Head head;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = text.find("\r\n");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
        if (line.empty()) break;
        const auto read = first ? read_request_line(line, head) : read_field(line, head.headers);
        if (!read) return read.error();
        first = false;
    }
    for (const auto settle : {settle_host, settle_length, settle_connection}) {
        if (const auto settled = settle(head); !settled) return settled.error();
    }
    if (const auto repeats = check_repeats(head.headers); !repeats) return repeats.error();
    return head;
}

}  // namespace atelier::api::http
