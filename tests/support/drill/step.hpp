#pragma once
// A step that does what its input says (drill.json): sleeps, computes, writes an object, then fails, crashes
// or is done.

#include "workers/runtime/step.hpp"

namespace atelier::drill {

/// `drill` and what follows it in a `drill_chain`. The output names the object that was written:
/// {"object_key", "size"}.
runtime::StepTable steps();

}  // namespace atelier::drill
