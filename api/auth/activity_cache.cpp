#include "api/auth/activity_cache.hpp"

namespace atelier::api::auth {

ActivityCache::ActivityCache(std::size_t most_users, Clock clock)
    : most_users_(most_users), clock_(std::move(clock)) {}

std::optional<Standing> ActivityCache::find(const std::string& user_id) const {
    std::lock_guard lock(mutex_);
    const auto found = entries_.find(user_id);
    if (found == entries_.end() || found->second.until <= clock_()) return std::nullopt;
    return found->second.standing;
}

void ActivityCache::keep(const std::string& user_id, Standing standing) {
    std::lock_guard lock(mutex_);
    if (entries_.size() >= most_users_ && !entries_.contains(user_id)) entries_.clear();
    entries_[user_id] = {standing, clock_() + kRecheck};
}

void ActivityCache::forget(const std::string& user_id) {
    std::lock_guard lock(mutex_);
    entries_.erase(user_id);
}

std::size_t ActivityCache::size() const {
    std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace atelier::api::auth
