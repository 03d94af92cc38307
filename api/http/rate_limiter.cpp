#include "api/http/rate_limiter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::api::http {

namespace {

constexpr std::array<std::pair<std::string_view, RateClass>, 9> kNames{{{"unlimited", RateClass::unlimited},
                                                                        {"auth", RateClass::auth},
                                                                        {"read", RateClass::read},
                                                                        {"write", RateClass::write},
                                                                        {"upload", RateClass::upload},
                                                                        {"render", RateClass::render},
                                                                        {"generate", RateClass::generate},
                                                                        {"picture", RateClass::picture},
                                                                        {"stream", RateClass::stream}}};

}  // namespace

std::string_view to_string(RateClass rate_class) {
    return kNames[static_cast<std::size_t>(rate_class)].first;
}

std::optional<RateClass> parse_rate_class(std::string_view name) {
    for (const auto& [known, value] : kNames) {
        if (known == name) return value;
    }
    return std::nullopt;
}

RateLimiter::RateLimiter(std::vector<RateRule> rules, std::size_t max_keys, Clock clock)
    : rules_(std::move(rules)), max_keys_(std::max<std::size_t>(max_keys, 1)), clock_(std::move(clock)) {}

std::optional<int> RateLimiter::take(RateClass rate_class, std::string_view key) {
    const auto rule = std::find_if(rules_.begin(), rules_.end(),
                                   [&](const RateRule& r) { return r.rate_class == rate_class; });
    if (rate_class == RateClass::unlimited || rule == rules_.end()) return std::nullopt;
    const double full = rule->requests;
    const double per_second = full / rule->per_seconds;

    std::lock_guard lock(mutex_);
    Bucket& mine = bucket(rate_class, key, full);
    const auto now = clock_();
    const std::chrono::duration<double> passed = now - mine.refilled;
    mine.tokens = std::min(full, mine.tokens + passed.count() * per_second);
    mine.refilled = now;
    if (mine.tokens >= 1) {
        mine.tokens -= 1;
        return std::nullopt;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - mine.tokens) / per_second)));
}

RateLimiter::Bucket& RateLimiter::bucket(RateClass rate_class, std::string_view key, double full) {
    std::string name(1, static_cast<char>('a' + static_cast<int>(rate_class)));
    name += key;
    if (const auto known = by_key_.find(name); known != by_key_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        return buckets_.front();
    }
    if (buckets_.size() >= max_keys_) {
        by_key_.erase(buckets_.back().key);
        buckets_.pop_back();
    }
    buckets_.push_front({std::move(name), full, clock_()});
    by_key_.emplace(buckets_.front().key, buckets_.begin());
    return buckets_.front();
}

std::size_t RateLimiter::keys() const {
    std::lock_guard lock(mutex_);
    return buckets_.size();
}

}  // namespace atelier::api::http
