#include "common/crypto/hash.hpp"

#include <sodium.h>

#include <fstream>
#include <new>
#include <vector>

#include "common/crypto/encoding.hpp"

namespace atelier::crypto {

namespace {

crypto_hash_sha256_state* state_in(std::array<unsigned char, 128>& storage) {
    static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(storage));
    return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(storage.data()));
}

}  // namespace

Digest sha256(std::span<const std::uint8_t> bytes) {
    Digest digest;
    crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    return digest;
}

Digest sha256(std::string_view text) {
    return sha256(bytes_of(text));
}

Result<Digest> sha256_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return not_found("file");
    Sha256 hash;
    std::vector<char> buffer(1 << 16);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.update(std::string_view(buffer.data(), static_cast<std::size_t>(file.gcount())));
    }
    if (file.bad()) return internal("a file could not be read to its end");
    return hash.finish();
}

Sha256::Sha256() {
    crypto_hash_sha256_init(new (state_.data()) crypto_hash_sha256_state);
}

void Sha256::update(std::span<const std::uint8_t> bytes) {
    crypto_hash_sha256_update(state_in(state_), bytes.data(), bytes.size());
}

void Sha256::update(std::string_view text) {
    update(bytes_of(text));
}

Digest Sha256::finish() {
    Digest digest;
    crypto_hash_sha256_final(state_in(state_), digest.data());
    return digest;
}

Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view message) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(message).data(), message.size());
    Digest digest;
    crypto_auth_hmacsha256_final(&state, digest.data());
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
    return hmac_sha256(bytes_of(key), message);
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
    const Digest key = hmac_sha256(secret, "atelier/key/" + std::string(purpose));
    return {key.begin(), key.end()};
}

std::string to_hex(const Digest& digest) {
    return hex_encode(digest);
}

}  // namespace atelier::crypto
