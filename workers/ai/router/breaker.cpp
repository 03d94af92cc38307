#include "workers/ai/router/breaker.hpp"

#include <algorithm>

namespace atelier::ai {
namespace {

using store::CircuitState;
using store::ProviderHealth;

/// Nobody waits longer than this on a vendor's word.
constexpr std::int64_t kLongestRetryAfterMs = 3'600'000;
/// Those who wait for a probe look again this often: it may be over long before its lease.
constexpr std::int64_t kProbePollMs = 500;
/// A success is written down again after this long.
constexpr std::int64_t kFreshMs = 5'000;

void trip(ProviderHealth& health, const BreakerSettings& settings, std::int64_t now) {
    const std::int64_t longest = settings.longest_cool_down.count();
    std::int64_t pause = settings.cool_down.count();
    for (int i = 0; i < health.trips && pause < longest; ++i)
        pause *= 2;
    health.state = CircuitState::open;
    health.trips += 1;
    health.successes = 0;
    health.probe_until = 0;
    health.cooling_until = std::max(health.cooling_until, now + std::min(pause, longest));
}

void cool(ProviderHealth& health, const BreakerSettings& settings, const Failure& failure, std::int64_t now) {
    const std::int64_t asked =
        failure.retry_after ? failure.retry_after->count() : settings.cool_down.count();
    health.cooling_until = std::max(health.cooling_until, now + std::min(asked, kLongestRetryAfterMs));
    if (health.state == CircuitState::half_open) health.state = CircuitState::open;
    health.probe_until = 0;
}

/// The key, the account or the permission: no request of anybody would pass.
bool concerns_all(const Failure& failure) {
    return failure.status == 401 || failure.status == 402 || failure.status == 403;
}

void count_failure(ProviderHealth& health, const BreakerSettings& settings, std::int64_t now) {
    // Late news of calls that began before it opened.
    if (health.state == CircuitState::open) return;
    health.failures += 1;
    if (health.state == CircuitState::half_open || health.failures >= settings.failures)
        trip(health, settings, now);
}

}  // namespace

Passage passage(const ProviderHealth& health, std::int64_t now) {
    if (health.cooling_until > now) return {Passage::Kind::wait, health.cooling_until};
    if (health.state == CircuitState::closed) return {Passage::Kind::free};
    if (health.probe_until > now)
        return {Passage::Kind::wait, std::min(health.probe_until, now + kProbePollMs)};
    return {Passage::Kind::probe};
}

void begin_probe(ProviderHealth& health, std::int64_t now, std::chrono::milliseconds lease) {
    health.state = CircuitState::half_open;
    health.probe_until = now + lease.count();
}

bool tell_success(ProviderHealth& health, const BreakerSettings& settings, std::int64_t now) {
    const bool is_news = health.state != CircuitState::closed || health.failures > 0 ||
                         now - health.last_success_at.value_or(0) > kFreshMs;
    if (!is_news) return false;
    health.last_success_at = now;
    health.probe_until = 0;
    if (health.state == CircuitState::half_open && ++health.successes >= settings.probes) {
        health.state = CircuitState::closed;
        health.trips = health.successes = 0;
    }
    if (health.state == CircuitState::closed) health.failures = 0;
    return true;
}

bool tell_failure(ProviderHealth& health, const BreakerSettings& settings, const Failure& failure,
                  std::int64_t now) {
    const ProviderHealth before = health;
    switch (failure.kind) {
        case FailureKind::unsafe_prompt:
            return tell_success(health, settings, now);
        case FailureKind::cancelled:
            health.probe_until = 0;
            return !(health == before);
        case FailureKind::rate_limited:
            cool(health, settings, failure, now);
            break;
        case FailureKind::transient:
        case FailureKind::malformed_output:
            count_failure(health, settings, now);
            break;
        case FailureKind::permanent:
            health.probe_until = 0;
            if (concerns_all(failure) && health.state != CircuitState::open) trip(health, settings, now);
            break;
    }
    health.last_failure_at = now;
    health.last_failure = std::string(to_string(failure.kind));
    return true;
}

}  // namespace atelier::ai
