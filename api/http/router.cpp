#include "api/http/router.hpp"

#include <algorithm>
#include <stdexcept>

#include "api/http/target.hpp"

namespace atelier::api::http {

namespace {

constexpr std::size_t kMaxSegments = 16;

[[noreturn]] void refuse(const Route& route, std::string_view why) {
    throw std::invalid_argument("route " + std::string(to_string(route.method)) + " " +
                                std::string(route.pattern) + ": " + std::string(why));
}

void check(const Route& route) {
    if (!route.pattern.starts_with('/')) refuse(route, "a pattern begins with /");
    if (!route.handler) refuse(route, "has no handler");
    if ((route.body == BodyPolicy::upload) != (route.upload_limit != nullptr)) {
        refuse(route, "an upload, and only an upload, needs an upload_limit");
    }
    if (route.method == Method::head || route.method == Method::options || route.method == Method::other) {
        refuse(route, "HEAD and OPTIONS are answered for every route");
    }
    if (route.method == Method::get && route.body != BodyPolicy::none) refuse(route, "GET takes no body");
}

/// The segments of a path that begins with '/'; 0 when there are too many.
std::size_t split_path(std::string_view path, std::array<std::string_view, kMaxSegments>& out) {
    std::size_t count = 0;
    for (std::size_t begin = 1; begin <= path.size();) {
        if (count == kMaxSegments) return 0;
        const std::size_t end = std::min(path.find('/', begin), path.size());
        out[count++] = path.substr(begin, end - begin);
        begin = end + 1;
    }
    return count;
}

}  // namespace

Router::Router(std::span<const Route> table) {
    for (const Route& route : table) {
        check(route);
        Entry entry{&route, split(route.pattern)};
        for (const Entry& other : entries_) {
            const bool same_shape = std::equal(
                entry.segments.begin(), entry.segments.end(), other.segments.begin(), other.segments.end(),
                [](const Segment& a, const Segment& b) {
                    return a.kind == b.kind && (a.kind != Segment::Kind::literal || a.text == b.text);
                });
            if (same_shape && other.route->method == route.method) refuse(route, "is there twice");
        }
        entries_.push_back(std::move(entry));
    }
    std::stable_sort(entries_.begin(), entries_.end(), more_literal);
}

std::vector<Router::Segment> Router::split(std::string_view pattern) {
    std::array<std::string_view, kMaxSegments> parts;
    std::vector<Segment> segments;
    const std::size_t count = split_path(pattern, parts);
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view text = parts[i];
        auto kind = Segment::Kind::literal;
        if (text.starts_with('{') && text.ends_with('}')) {
            text = text.substr(1, text.size() - 2);
            kind = text.ends_with('*') && i + 1 == count ? Segment::Kind::rest : Segment::Kind::parameter;
            if (kind == Segment::Kind::rest) text.remove_suffix(1);
        }
        segments.push_back({text, kind});
    }
    return segments;
}

bool Router::more_literal(const Entry& a, const Entry& b) {
    return std::lexicographical_compare(a.segments.begin(), a.segments.end(), b.segments.begin(),
                                        b.segments.end(),
                                        [](const Segment& x, const Segment& y) { return x.kind < y.kind; });
}

bool Router::fits(const Entry& entry, std::span<const std::string_view> path) {
    const auto& segments = entry.segments;
    const bool open_ended = !segments.empty() && segments.back().kind == Segment::Kind::rest;
    if (open_ended ? path.size() < segments.size() : path.size() != segments.size()) return false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].kind == Segment::Kind::literal
                ? segments[i].text != path[i]
                : segments[i].kind == Segment::Kind::parameter && path[i].empty())
            return false;
    }
    return true;
}

Router::Match Router::match(Method method, std::string_view path) const {
    std::array<std::string_view, kMaxSegments> parts;
    const std::span<const std::string_view> segments(parts.data(), split_path(path, parts));
    const Method wanted = method == Method::head ? Method::get : method;
    Match match;
    bool get = false;
    for (const Entry& entry : entries_) {
        if (!fits(entry, segments)) continue;
        if (entry.route->method != wanted) {
            match.allow += std::string(to_string(entry.route->method)) + ", ";
            get = get || entry.route->method == Method::get;
            continue;
        }
        match.route = entry.route;
        for (std::size_t i = 0; i < entry.segments.size(); ++i) {
            const Segment& segment = entry.segments[i];
            if (segment.kind == Segment::Kind::literal) continue;
            std::string_view raw = segments[i];
            if (segment.kind == Segment::Kind::rest) {
                raw = std::string_view(raw.data(),
                                       static_cast<std::size_t>(path.data() + path.size() - raw.data()));
            }
            match.parameters.add(std::string(segment.text), percent_decode(raw, false).value_or(""));
        }
        return match;
    }
    if (match.allow.empty()) {
        match.error = not_found("endpoint");
    } else {
        match.allow += get ? "HEAD, OPTIONS" : "OPTIONS";
        match.options = method == Method::options;
        if (!match.options) {
            match.error =
                Error{ErrorCode::method_not_allowed, "This endpoint allows " + match.allow + ".", {}, {}};
        }
    }
    return match;
}

}  // namespace atelier::api::http
