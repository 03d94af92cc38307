#pragma once
// The analysis stage's table of steps: `analyze` finds what is on a photo, `rank` orders it by the
// organization's rules, `propose_brand` makes a brand kit of a logo.

#include <filesystem>
#include <memory>

#include "workers/runtime/step.hpp"
#include "workers/vision/vision.hpp"

namespace atelier::analysis {

/// `models` needs ModelSet::analysis; shared with whoever else uses it in this process.
runtime::StepTable steps(std::shared_ptr<const vision::Models> models);

/// Task input {asset_id, object_key}; output {asset_id, object_key, counts per kind}. Stores the analysis.
runtime::StepFate analyze(runtime::StepContext& context, const vision::Models& models);

/// Task input {asset_id}; output {asset_id, elements (ranked), palette, rule_revision}. Reads the cached
/// ranking when it was made under the current rules, otherwise ranks anew and caches that.
runtime::StepFate rank(runtime::StepContext& context);

/// Task input {logo, name}; output {brand, palette}: a kit as POST /brands takes it, and the colours of the
/// logo's solid pixels, most common first. Stores nothing.
runtime::StepFate propose_brand(runtime::StepContext& context);

}  // namespace atelier::analysis
