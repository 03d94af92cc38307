#include "api/http/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace atelier::api::http {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

ByteRange parse_byte_range(std::string_view header, std::uint64_t size) {
    const ByteRange whole{ByteRange::Kind::whole, 0, size};
    constexpr std::string_view kUnit = "bytes=";
    const std::size_t dash = header.find('-');
    if (!header.starts_with(kUnit) || dash == std::string_view::npos) return whole;
    const std::string_view first_text = header.substr(kUnit.size(), dash - kUnit.size());
    const std::string_view last_text = header.substr(dash + 1);
    const auto first = number(first_text), last = number(last_text);
    if (first_text.empty() && last) {
        if (*last == 0 || size == 0) return {ByteRange::Kind::unsatisfiable, 0, 0};
        const std::uint64_t length = std::min(*last, size);
        return {ByteRange::Kind::part, size - length, length};
    }
    if (!first || (!last && !last_text.empty()) || (last && *last < *first)) return whole;
    if (*first >= size) return {ByteRange::Kind::unsatisfiable, 0, 0};
    const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return {ByteRange::Kind::part, *first, end - *first + 1};
}

}  // namespace atelier::api::http
