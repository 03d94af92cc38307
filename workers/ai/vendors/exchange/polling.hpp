#pragma once
// Looks again and again at work that a vendor does, at growing pauses, until it is over or the call ends.

#include <algorithm>
#include <chrono>
#include <string>

#include "workers/ai/vendors/exchange/exchange.hpp"

namespace atelier::ai {

inline constexpr std::chrono::milliseconds kLongestPoll{5000};

/// `look` gives the state of the work or a failure, `is_over` judges it. Failures that may pass are looked
/// past: the work goes on, whatever became of one look at it. Each pause is half as long again as the one
/// before. Failure: what `look` last met, or transient when the time is up, or cancelled.
template <class Look, class IsOver>
Answered<json::Value> poll(const Attempt& attempt, const std::string& vendor_id,
                           std::chrono::milliseconds pause, Look look, IsOver is_over) {
    for (;;) {
        if (auto waited = attempt.wait(pause, vendor_id); !waited) return waited.error();
        Answered<json::Value> state = look();
        if (state && is_over(*state)) return state;
        if (!state) {
            const auto kind = state.error().kind;
            const bool may_pass = kind == FailureKind::transient || kind == FailureKind::rate_limited;
            if (!may_pass) return state;
            pause = std::max(pause, state.error().retry_after.value_or(std::chrono::milliseconds(0)));
        } else {
            pause = std::min(pause * 3 / 2, kLongestPoll);
        }
    }
}

}  // namespace atelier::ai
