#include "common/crypto/encoding.hpp"

#include <sodium.h>

namespace atelier::crypto {

namespace {

constexpr int kUrlSafe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr int kOriginal = sodium_base64_VARIANT_ORIGINAL;

std::string encode(std::span<const std::uint8_t> bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // libsodium counts a terminating zero
    return text;
}

std::optional<std::string> decode(std::string_view text, int variant) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int status = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                         text.data(), text.size(), nullptr, &length, &end, variant);
    if (status != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

}  // namespace

std::string base64url_encode(std::span<const std::uint8_t> bytes) {
    return encode(bytes, kUrlSafe);
}

std::optional<std::string> base64url_decode(std::string_view text) {
    return decode(text, kUrlSafe);
}

std::string base64_encode(std::span<const std::uint8_t> bytes) {
    return encode(bytes, kOriginal);
}

std::optional<std::string> base64_decode(std::string_view text) {
    return decode(text, kOriginal);
}

std::string hex_encode(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

}  // namespace atelier::crypto
