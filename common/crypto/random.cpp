#include "common/crypto/random.hpp"

#include <sodium.h>

#include <stdexcept>
#include <vector>

#include "common/crypto/encoding.hpp"

namespace atelier::crypto {

void initialize() {
    static const int result = sodium_init();  // 1: somebody else did it already
    if (result < 0) throw std::runtime_error("libsodium cannot start");
}

void fill_random(std::span<std::uint8_t> bytes) {
    initialize();
    randombytes_buf(bytes.data(), bytes.size());
}

std::string random_token(std::size_t bytes) {
    std::vector<std::uint8_t> raw(bytes);
    fill_random(raw);
    std::string token = base64url_encode(raw);
    sodium_memzero(raw.data(), raw.size());
    return token;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace atelier::crypto
