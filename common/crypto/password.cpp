#include "common/crypto/password.hpp"

#include <sodium.h>

#include "common/crypto/random.hpp"

namespace atelier::crypto {

namespace {

/// libsodium reads a terminated buffer of this exact size.
bool copy_hash(std::string_view hash, char (&out)[crypto_pwhash_STRBYTES]) {
    if (hash.size() >= sizeof(out) || hash.find('\0') != std::string_view::npos) return false;
    std::fill(std::copy(hash.begin(), hash.end(), out), out + sizeof(out), '\0');
    return true;
}

}  // namespace

Result<void> PasswordSettings::check() const {
    std::vector<FieldError> wrong;
    if (passes < crypto_pwhash_OPSLIMIT_MIN || passes > 64)
        wrong.push_back({"/password_passes", "range", "must be 1 to 64"});
    if (memory_bytes < crypto_pwhash_MEMLIMIT_MIN || memory_bytes > (std::size_t{4} << 30))
        wrong.push_back({"/password_memory_bytes", "range", "must be 8 KiB to 4 GiB"});
    if (!wrong.empty()) return invalid(std::move(wrong));
    return {};
}

Result<std::string> hash_password(std::string_view password, const PasswordSettings& settings) {
    if (auto checked = settings.check(); !checked) return checked.error();
    if (password.size() > kMaxPasswordBytes)
        return invalid("/password", "maxLength", "must be at most 1024 bytes");
    initialize();
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, password.data(), password.size(), settings.passes, settings.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return unavailable("no memory to hash a password with");
    return std::string(hash);
}

bool verify_password(std::string_view hash, std::string_view password) {
    // crypto_pwhash_str_verify would also take argon2i; we never wrote any.
    if (!hash.starts_with(crypto_pwhash_argon2id_STRPREFIX) || password.size() > kMaxPasswordBytes)
        return false;
    initialize();
    char buffer[crypto_pwhash_STRBYTES];
    return copy_hash(hash, buffer) && crypto_pwhash_str_verify(buffer, password.data(), password.size()) == 0;
}

bool needs_rehash(std::string_view hash, const PasswordSettings& settings) {
    char buffer[crypto_pwhash_STRBYTES];
    return !hash.starts_with(crypto_pwhash_argon2id_STRPREFIX) || !copy_hash(hash, buffer) ||
           crypto_pwhash_str_needs_rehash(buffer, settings.passes, settings.memory_bytes) != 0;
}

}  // namespace atelier::crypto
