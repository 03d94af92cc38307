#pragma once
// Token buckets, one for each (class, caller). Thread-safe.

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/http/rate_class.hpp"

namespace atelier::api::http {

class RateLimiter {
  public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// Classes without a rule are not limited. Beyond `max_keys` callers the one unseen for longest is
    /// forgotten, which refills its bucket: memory stays bounded, and only a caller of very many addresses
    /// gains from it.
    RateLimiter(std::vector<RateRule> rules, std::size_t max_keys,
                Clock clock = std::chrono::steady_clock::now);

    /// Takes one token. Nothing when there was one, otherwise whole seconds (≥ 1) until there is.
    std::optional<int> take(RateClass rate_class, std::string_view key);
    std::size_t keys() const;

  private:
    struct Bucket {
        std::string key;
        double tokens;
        std::chrono::steady_clock::time_point refilled;
    };
    Bucket& bucket(RateClass rate_class, std::string_view key, double full);

    const std::vector<RateRule> rules_;
    const std::size_t max_keys_;
    const Clock clock_;
    mutable std::mutex mutex_;
    std::list<Bucket> buckets_;  ///< the most recently used first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace atelier::api::http
