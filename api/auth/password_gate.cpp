#include "api/auth/password_gate.hpp"

#include <algorithm>

#include "common/crypto/random.hpp"

namespace atelier::api::auth {

class PasswordGate::Turn {
  public:
    explicit Turn(PasswordGate& gate) : gate_(gate), entered_(gate.enter()) {}
    ~Turn() {
        if (entered_) gate_.leave();
    }
    Turn(const Turn&) = delete;
    explicit operator bool() const { return entered_; }

  private:
    PasswordGate& gate_;
    const bool entered_;
};

namespace {

Error busy() {
    return unavailable("Too many people sign in at this moment.", 1);
}

}  // namespace

PasswordGate::PasswordGate(PasswordGateSettings settings) : settings_(settings) {
    if (auto hash = crypto::hash_password(crypto::random_token(), settings_.hashing)) nobody_ = *hash;
}

bool PasswordGate::enter() {
    std::unique_lock lock(mutex_);
    const auto is_free = [this] { return running_ < settings_.most_at_once; };
    if (!is_free()) {
        if (waiting_ >= settings_.most_waiting) return false;
        ++waiting_;
        const bool admitted = freed_.wait_for(lock, settings_.patience, is_free);
        --waiting_;
        if (!admitted) return false;
    }
    peak_ = std::max(peak_, ++running_);
    return true;
}

void PasswordGate::leave() {
    std::lock_guard lock(mutex_);
    --running_;
    freed_.notify_one();
}

Result<std::string> PasswordGate::hash(std::string_view password) {
    const Turn turn(*this);
    if (!turn) return busy();
    return crypto::hash_password(password, settings_.hashing);
}

Result<bool> PasswordGate::verify(const std::string& hash, std::string_view password) {
    const Turn turn(*this);
    if (!turn) return busy();
    return crypto::verify_password(hash.empty() ? nobody_ : hash, password) && !hash.empty();
}

bool PasswordGate::needs_rehash(const std::string& hash) const {
    return crypto::needs_rehash(hash, settings_.hashing);
}

int PasswordGate::peak() const {
    std::lock_guard lock(mutex_);
    return peak_;
}

}  // namespace atelier::api::auth
