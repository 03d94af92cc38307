#pragma once
// The generation stage's table of steps. No job kind generates pictures yet, so it is empty; the worker runs,
// consumes its queues and buries what it does not know.

#include "workers/runtime/step.hpp"

namespace atelier::generation {

runtime::StepTable steps();

}  // namespace atelier::generation
