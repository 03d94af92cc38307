#pragma once
// The moderation stage's table of steps. It fails closed: without a verdict nothing is delivered.

#include <memory>

#include "workers/runtime/step.hpp"
#include "workers/vision/vision.hpp"

namespace atelier::moderation {

/// `models` needs ModelSet::moderation.
runtime::StepTable steps(std::shared_ptr<const vision::Models> models);

/// Task input {asset_id, object_key}: a person's upload, or a picture that a recipe made. Stores the verdict, the scores and the preview.
runtime::StepFate moderate_upload(runtime::StepContext& context, const vision::Models& models);

/// Task input {generated_asset_id, object_key, version}: a picture of ours. Stores the same, unless a newer
/// version of the picture has come meanwhile.
runtime::StepFate moderate_generated(runtime::StepContext& context, const vision::Models& models);

/// Task input: what finish_design gives (queues/pipelines/studio/studio.hpp). Judges the design's picture, and the
/// pictures that were made for it and nobody has judged yet.
runtime::StepFate moderate_design(runtime::StepContext& context, const vision::Models& models);

}  // namespace atelier::moderation
