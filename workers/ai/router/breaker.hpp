#pragma once
// The circuit breaker of one capability of one provider: closed, open, half-open. Pure functions on its row,
// so that the state in the database and a process's own behave alike.
//
// Failures in a row open it; after a cool-down, which doubles each time, one call at a time may probe it.
// A vendor's 429 cools it down for as long as the vendor asks without opening it.

#include <chrono>
#include <cstdint>
#include <optional>

#include "common/store/providers.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

struct BreakerSettings {
    int failures = 5;                             ///< in a row that open it
    std::chrono::milliseconds cool_down{10'000};  ///< at first
    std::chrono::milliseconds longest_cool_down{300'000};
    int probes = 1;  ///< good calls in a row, one at a time, that close it again
    bool operator==(const BreakerSettings&) const = default;
};

/// Whether a call may pass. Times are epoch milliseconds of one clock, whichever.
struct Passage {
    enum class Kind { free, probe, wait } kind = Kind::free;
    std::int64_t until = 0;  ///< of wait: ask again then
};
Passage passage(const store::ProviderHealth& health, std::int64_t now);
/// The caller's is the probe; when it does not report within `lease`, another may try.
void begin_probe(store::ProviderHealth& health, std::int64_t now, std::chrono::milliseconds lease);

/// What came of a call. True when anything of `health` changed that others should know.
bool tell_success(store::ProviderHealth& health, const BreakerSettings& settings, std::int64_t now);
bool tell_failure(store::ProviderHealth& health, const BreakerSettings& settings, const Failure& failure,
                  std::int64_t now);

}  // namespace atelier::ai
