#include "common/json/formats.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace atelier::json {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_alnum(char c) {
    return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_domain(std::string_view text) {
    if (text.size() > 253 || text.find('.') == text.npos) return false;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t dot = std::min(text.find('.', at), text.size());
        const std::string_view label = text.substr(at, dot - at);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        if (!std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; }))
            return false;
        at = dot + 1;
    }
    return true;
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == text.npos || at == 0 || at > 64) return false;
    const std::string_view local = text.substr(0, at);
    const auto allowed = [](char c) {
        return is_alnum(c) || std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos;
    };
    return std::all_of(local.begin(), local.end(), allowed) && local.front() != '.' && local.back() != '.' &&
           local.find("..") == local.npos && is_domain(text.substr(at + 1));
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool is_color(std::string_view text) {
    return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), is_hex);
}

bool is_hex_color(std::string_view text) {
    const auto is_digit_of_it = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
    return (text.size() == 7 || (text.size() == 9 && !text.ends_with("ff"))) && text[0] == '#' &&
           std::all_of(text.begin() + 1, text.end(), is_digit_of_it);
}

bool is_uri(std::string_view text) {
    const std::size_t start = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    if (start == 0 || start >= text.size() ||
        std::string_view("/?#:@").find(text[start]) != std::string_view::npos)
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != 0x7f &&
               std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

/// Reads digits where `shape` has `0`, the very character elsewhere.
bool has_shape(std::string_view text, std::string_view shape) {
    return text.size() == shape.size() &&
           std::equal(text.begin(), text.end(), shape.begin(),
                      [](char c, char s) { return s == '0' ? is_digit(c) : c == s; });
}

int two_digits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool is_date_time(std::string_view text) {
    if (text.size() < 20 || !has_shape(text.substr(0, 19), "0000-00-00T00:00:00")) return false;
    using namespace std::chrono;
    const year_month_day date{year{two_digits(text, 0) * 100 + two_digits(text, 2)},
                              month{static_cast<unsigned>(two_digits(text, 5))},
                              day{static_cast<unsigned>(two_digits(text, 8))}};
    if (!date.ok() || two_digits(text, 11) > 23 || two_digits(text, 14) > 59 || two_digits(text, 17) > 60)
        return false;
    std::string_view rest = text.substr(19);
    if (rest.front() == '.') {
        const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (end == 1 || end > 10) return false;
        rest.remove_prefix(end);
    }
    if (rest == "Z") return true;
    if (!has_shape(rest, "+00:00") && !has_shape(rest, "-00:00")) return false;
    return two_digits(rest, 1) <= 23 && two_digits(rest, 4) <= 59;
}

bool is_slug(std::string_view text) {
    if (text.empty()) return false;
    bool separated = true;  // as if after a separator: none may lead, follow another or end
    for (const char c : text) {
        const bool separator = c == '-' || c == '_';
        if (separator ? separated : !(is_digit(c) || is_lower(c))) return false;
        separated = separator;
    }
    return !separated;
}

struct Row {
    Format format;
    std::string_view name;
    std::string_view description;
    bool (*fits)(std::string_view);
};
constexpr std::array kFormats{
    Row{Format::email, "email", "an e-mail address", is_email},
    Row{Format::uuid, "uuid", "a UUID", is_uuid},
    Row{Format::color, "color", "a colour such as #1a2b3c", is_color},
    Row{Format::uri, "uri", "an http or https URL", is_uri},
    Row{Format::date_time, "date-time", "a time such as 2026-01-31T12:00:00Z", is_date_time},
    Row{Format::hex_color, "hex-color", "a colour such as #1a2b3c, or #1a2b3c80 with alpha", is_hex_color},
    Row{Format::slug, "slug", "made of a-z, 0-9 and single - or _ between them", is_slug},
};

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
    for (const Row& row : kFormats)
        if (row.name == name) return row.format;
    return std::nullopt;
}
bool fits(Format format, std::string_view text) {
    return kFormats[static_cast<std::size_t>(format)].fits(text);
}
std::string_view describe(Format format) {
    return kFormats[static_cast<std::size_t>(format)].description;
}

}  // namespace atelier::json
