#pragma once
// What the database lately said about users, so that not every request asks again. Bounded; thread-safe.

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "common/store/users.hpp"

namespace atelier::api::auth {

/// How long an answer counts: a deactivated user keeps non-admin routes for at most this.
inline constexpr std::chrono::milliseconds kRecheck{3'000};

struct Standing {
    store::Role role = store::Role::user;
    bool is_active = false;
};

class ActivityCache {
  public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    explicit ActivityCache(std::size_t most_users = 10'000, Clock clock = std::chrono::steady_clock::now);

    /// Nothing when it is unknown or older than kRecheck.
    std::optional<Standing> find(const std::string& user_id) const;
    /// When there is no room, everything is forgotten: entries live for seconds anyway.
    void keep(const std::string& user_id, Standing standing);
    void forget(const std::string& user_id);
    std::size_t size() const;

  private:
    struct Entry {
        Standing standing;
        std::chrono::steady_clock::time_point until;
    };
    const std::size_t most_users_;
    const Clock clock_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace atelier::api::auth
