#pragma once
// One revision of a design → one file, as a step.

#include "workers/runtime/step.hpp"

namespace atelier::adaptation {

/// Task input {design_id, version, request {output, scale, quality, max_bytes?}, format, relayout, pictures,
/// project_id?} as the pipeline design_export makes it; output {generated_asset_id, object_key, version,
/// source_asset_id: null, format}, whose object is what moderation looks at: the file itself, or its PNG
/// where the file is SVG or PDF. Stores the picture's row, pending moderation. Its id is the task's, so that
/// a repeated task replaces it. Pictures come from the listed assets only, never from a URL.
runtime::StepFate render_design(runtime::StepContext& context);

}  // namespace atelier::adaptation
