#pragma once
// Asks one provider for something small, to see whether it works. Private to workers/generation.

#include "workers/ai/router/router.hpp"
#include "workers/runtime/step.hpp"

namespace atelier::generation {

/// Input `{provider}`. Asks it for a word, a vector and a judgement, as far as it offers them, and for a
/// small picture where it offers nothing else; nobody else is asked, and a breaker that is open lets no probe
/// pass. Output `{provider, works, capabilities: [{capability, works, model, ms, cost_usd, problem}]}`: that
/// something does not work is an answer, not a failure. Fails with validation_failed at /provider where no
/// worker has it.
runtime::StepFate probe_provider(runtime::StepContext& context, ai::Router& router);

}  // namespace atelier::generation
