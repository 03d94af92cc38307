#include "workers/ai/router/rate_limit.hpp"

#include <algorithm>

namespace atelier::ai {

std::int64_t admit(std::int64_t& next_us, std::int64_t now_us, int per_minute) {
    // What may come at once is taken from the steady rate, so that both together stay within the minute.
    const std::int64_t burst = per_minute / 6;
    const std::int64_t interval =
        (60'000'000 + per_minute - burst - 1) / std::max<std::int64_t>(1, per_minute - burst);
    const std::int64_t slack = interval * std::max<std::int64_t>(0, burst - 1);
    const std::int64_t due = std::max(next_us, now_us);
    if (due - now_us > slack) return due - now_us - slack;
    next_us = due + interval;
    return 0;
}

}  // namespace atelier::ai
