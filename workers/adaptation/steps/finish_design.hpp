#pragma once
// The last hand on a design that the engine made or changed: its new pictures put in, validated again,
// rendered for moderation and as its preview, stored as a new design or as the next revision of one.

#include "workers/runtime/step.hpp"

namespace atelier::adaptation {

/// Input and output: queues/pipelines/studio/studio.hpp. Fails with conflict when the design has been changed
/// by somebody else meanwhile.
runtime::StepFate finish_design(runtime::StepContext& context);

}  // namespace atelier::adaptation
