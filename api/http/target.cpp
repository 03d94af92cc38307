#include "api/http/target.hpp"

#include <algorithm>

namespace atelier::api::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80       ? 1
                                   : lead >> 5 == 6  ? 2
                                   : lead >> 4 == 14 ? 3
                                   : lead >> 3 == 30 ? 4
                                                     : 0;
        if (length == 0 || i + length > text.size()) return false;
        unsigned long code = length == 1 ? lead : lead & (0xffu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            code = code << 6 | (next & 0x3f);
        }
        constexpr unsigned long kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < kLeast[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
        i += length;
    }
    return true;
}

bool is_target_character(char c) {
    return c > 0x20 && c < 0x7f && std::string_view("\"#<>\\^`").find(c) == std::string_view::npos;
}

bool has_dot_segment(std::string_view path) {
    for (std::size_t begin = 1; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const auto segment = percent_decode(path.substr(begin, end - begin), false);
        if (segment && (*segment == "." || *segment == "..")) return true;
        begin = end + 1;
    }
    return false;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

Result<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/' ||
        !std::all_of(target.begin(), target.end(), is_target_character)) {
        return bad_request("The request target is not a path.");
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    Target parsed{target.substr(0, mark), {}};
    if (!percent_decode(parsed.path, false))
        return bad_request("The path is not valid percent-encoded UTF-8.");
    if (has_dot_segment(parsed.path)) return bad_request("The path has dot segments.");
    for (std::size_t begin = mark + 1; begin < target.size();) {
        const std::size_t end = std::min(target.find('&', begin), target.size());
        const std::string_view pair = target.substr(begin, end - begin);
        begin = end + 1;
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), true);
        auto value = percent_decode(equals < pair.size() ? pair.substr(equals + 1) : "", true);
        if (!name || !value) return bad_request("The query is not valid percent-encoded UTF-8.");
        parsed.query.add(std::move(*name), std::move(*value));
    }
    return parsed;
}

}  // namespace atelier::api::http
