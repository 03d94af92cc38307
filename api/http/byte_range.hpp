#pragma once
// `Range: bytes=…` of a file (RFC 9110 §14).

#include <cstdint>
#include <optional>
#include <string_view>

namespace atelier::api::http {

struct ByteRange {
    enum class Kind { whole, part, unsatisfiable } kind = Kind::whole;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    bool operator==(const ByteRange&) const = default;
};

/// What to send of a file of `size` bytes. An absent, malformed or multiple range means all of it, as the RFC
/// allows.
ByteRange parse_byte_range(std::string_view header, std::uint64_t size);

}  // namespace atelier::api::http
