#pragma once
// Randomness from the operating system and comparison that leaks no timing. Any thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace atelier::crypto {

/// Starts libsodium; the other functions do it themselves on first use. Throws std::runtime_error when it
/// cannot start.
void initialize();

void fill_random(std::span<std::uint8_t> bytes);

/// A secret in base64url: 32 bytes give 43 characters. Store only its sha256.
std::string random_token(std::size_t bytes = 32);

/// Equality whose time depends on the lengths alone.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace atelier::crypto
