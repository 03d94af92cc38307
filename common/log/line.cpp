#include "common/log/line.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <iterator>

#include "common/json/value.hpp"

namespace atelier::log {
namespace {

std::string rfc3339(std::chrono::system_clock::time_point time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(ms / 1000)),
                       ms % 1000);
}

// Keeps a line one line, and a terminal a terminal, whatever a stranger put into a file name.
void append_printable(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            out += "\\n";
        else if (byte < 0x20 || byte == 0x7f)
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
        else
            out += c;
    }
}

void append_value(std::string& out, std::string_view value) {
    const bool plain = !value.empty() && value.find_first_of(" \"=") == value.npos;
    if (!plain) out += '"';
    for (const char c : value) {
        if (c == '"') out += '\\';
        append_printable(out, {&c, 1});
    }
    if (!plain) out += '"';
}

// Positions of the fields that count: the last of each name, in the order of their first mention.
bool is_hidden(const Fields& fields, std::size_t index) {
    return std::any_of(fields.begin() + static_cast<std::ptrdiff_t>(index) + 1, fields.end(),
                       [&](const Field& later) { return later.first == fields[index].first; });
}

// JSON must be UTF-8 and RapidJSON's writer does not check: what is no UTF-8 is shown byte by byte.
std::string valid_utf8(std::string_view text) {
    if (json::parse(json::write(json::Value(text)))) return std::string(text);
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80)
            out += c;
        else
            fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace

std::string text_line(const Entry& entry) {
    std::string out = fmt::format("{} {:<7} ", rfc3339(entry.time), to_string(entry.level));
    if (!entry.service.empty()) out.append(entry.service).append(": ");
    append_printable(out, entry.message);
    for (std::size_t i = 0; i < entry.fields.size(); ++i) {
        if (is_hidden(entry.fields, i)) continue;
        out.append(" ").append(entry.fields[i].first).append("=");
        append_value(out, entry.fields[i].second);
    }
    return out;
}

std::string json_line(const Entry& entry) {
    json::Object line{{"time", rfc3339(entry.time)}, {"level", to_string(entry.level)}};
    if (!entry.service.empty()) line.set("service", entry.service);
    line.set("message", valid_utf8(entry.message));
    for (const auto& [name, value] : entry.fields)
        line.set(name, valid_utf8(value));
    return json::write(json::Value(std::move(line)));
}

}  // namespace atelier::log
