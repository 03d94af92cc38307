#pragma once
// The steps themselves. Private to workers/generation.

#include "workers/ai/router/router.hpp"
#include "workers/runtime/step.hpp"

namespace atelier::generation {

runtime::StepFate write_brief(runtime::StepContext& context, ai::Router& router);
runtime::StepFate compose_design(runtime::StepContext& context, ai::Router& router);
runtime::StepFate edit_design(runtime::StepContext& context, ai::Router& router);
runtime::StepFate make_image(runtime::StepContext& context, ai::Router& router);

/// The order behind a task: repetitions of it are the same piece of work.
ai::Order order_of(const runtime::StepContext& context);

/// What a language model answered as JSON, also where it wrapped it in prose or a fence. Error: bad_request.
Result<json::Value> value_of(const ai::TextAnswer& answer);

/// Who did it, for the task's output.
json::Value to_json(const ai::DoneBy& by);

/// What becomes of the task: that nobody could do it is GENERATION_FAILED, with what each provider said; it is not tried
/// again where nobody ever will.
runtime::StepFate fate_of(const Error& error);

}  // namespace atelier::generation
