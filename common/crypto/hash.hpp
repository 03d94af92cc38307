#pragma once
// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), by libsodium. All functions may be called from any
// thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "common/errors/error.hpp"

namespace atelier::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::span<const std::uint8_t> bytes);
Digest sha256(std::string_view text);

/// The file's digest, read in pieces. Error: not_found, or internal when reading fails.
Result<Digest> sha256_file(const std::filesystem::path& path);

/// SHA-256 of bytes that arrive in pieces. One thread at a time; no update after finish.
class Sha256 {
  public:
    Sha256();
    void update(std::span<const std::uint8_t> bytes);
    void update(std::string_view text);
    Digest finish();

  private:
    alignas(16) std::array<unsigned char, 128> state_;
};

/// Keys of any length.
Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view message);
Digest hmac_sha256(std::string_view key, std::string_view message);

/// A key for one purpose from the installation's secret: HMAC(secret, "atelier/key/" + purpose). Keys of
/// different purposes tell nothing about each other, so a signature made for one place is worthless in
/// another.
std::string derive_key(std::string_view secret, std::string_view purpose);

std::string to_hex(const Digest& digest);

}  // namespace atelier::crypto
