#pragma once
// What came of one call, whatever its kind of answer.

#include <chrono>
#include <memory>
#include <optional>

#include "workers/ai/router/price.hpp"

namespace atelier::ai {

struct Outcome {
    std::optional<Failure> failure = {};
    bool is_refused = false;  ///< the failure is the caller's judgement of an answer that came
    Taken taken = {};
    std::shared_ptr<void> answer = {};  ///< null when it failed
    std::chrono::milliseconds took{0};
};

}  // namespace atelier::ai
