#pragma once
// The choice among drafts: good ones that differ, and that validation has nothing to say against.

#include "workers/ai/builtin/compose/draft.hpp"

namespace atelier::ai::builtin::layout {

/// As many as the request asks for, the best first. Error: conflict when stopped.
Result<std::vector<Draft>> choose(std::vector<Draft> drafts, const ComposeRequest& request,
                                  const design::TextMeasurer& measurer);

}  // namespace atelier::ai::builtin::layout
