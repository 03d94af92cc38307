#pragma once
// One photo → one format, as a step.

#include "workers/imaging/decoded_cache.hpp"
#include "workers/runtime/step.hpp"

namespace atelier::adaptation {

/// Task input {photo, format, elements, palette, request, version, project_id?, generated_asset_id?} as the
/// pipelines adaptation and manual_edit make it; output {generated_asset_id, object_key, version,
/// source_asset_id, format, strategy}. Stores the picture's row, pending moderation. A first rendering's id
/// is the task's, so that a repeated task replaces it.
runtime::StepFate adapt(runtime::StepContext& context, imaging::DecodedCache& cache);

}  // namespace atelier::adaptation
