#pragma once
// Argon2id behind a gate: each hash takes 64 MiB and a core, so few run at once and few may wait.
// Thread-safe; blocks.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "common/crypto/password.hpp"

namespace atelier::api::auth {

struct PasswordGateSettings {
    int most_at_once = 2;
    int most_waiting = 4;  ///< more are told to come back: handler threads are for other requests too
    std::chrono::milliseconds patience{10'000};  ///< of those who wait
    crypto::PasswordSettings hashing;
};

class PasswordGate {
  public:
    explicit PasswordGate(PasswordGateSettings settings = {});

    /// Errors: validation_failed on `/password`, unavailable when too many hash already.
    Result<std::string> hash(std::string_view password);
    /// Error: unavailable. An empty hash (nobody has that account) costs the same and never fits.
    Result<bool> verify(const std::string& hash, std::string_view password);
    bool needs_rehash(const std::string& hash) const;

    /// How many hashes have run at the same time at most.
    int peak() const;

  private:
    class Turn;
    bool enter();
    void leave();

    const PasswordGateSettings settings_;
    std::string nobody_;  ///< the hash of a password that nobody knows
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0, waiting_ = 0, peak_ = 0;
};

}  // namespace atelier::api::auth
