#pragma once
// Password hashing with Argon2id (RFC 9106), by libsodium. Hash and verify take the full cost in time and
// memory: call them from a worker pool, never from an I/O thread. Any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::crypto {

struct PasswordSettings {
    std::uint64_t passes = 2;                          ///< libsodium's interactive default; at least 1
    std::size_t memory_bytes = std::size_t{64} << 20;  ///< for each hash while it runs; at least 8 KiB

    Result<void> check() const;
};

/// Longer passwords are refused before any work is done.
inline constexpr std::size_t kMaxPasswordBytes = 1024;

/// The hash with salt and parameters in PHC form (`$argon2id$v=19$m=…`). Errors: validation_failed at
/// /password when it is too long, unavailable when the memory cannot be had.
Result<std::string> hash_password(std::string_view password, const PasswordSettings& settings = {});

/// False for a wrong password and for a hash that cannot be read.
bool verify_password(std::string_view hash, std::string_view password);

/// True when the hash was made with other settings (or cannot be read): hash again after the next good login.
bool needs_rehash(std::string_view hash, const PasswordSettings& settings = {});

}  // namespace atelier::crypto
