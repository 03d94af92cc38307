#pragma once
// Bytes as text. Decoders are strict: one text for one value, so a token has no second spelling.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace atelier::crypto {

/// The text's bytes, without copying. Valid while the text lives.
inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// base64url without padding (RFC 4648 §5).
std::string base64url_encode(std::span<const std::uint8_t> bytes);
/// The bytes, or nothing on padding, white space, foreign characters or unused bits that are not zero.
std::optional<std::string> base64url_decode(std::string_view text);

/// base64 with padding (RFC 4648 §4), as other people's APIs carry pictures.
std::string base64_encode(std::span<const std::uint8_t> bytes);
/// The bytes, or nothing on missing padding, white space or foreign characters.
std::optional<std::string> base64_decode(std::string_view text);

/// Lowercase hexadecimal.
std::string hex_encode(std::span<const std::uint8_t> bytes);

}  // namespace atelier::crypto
