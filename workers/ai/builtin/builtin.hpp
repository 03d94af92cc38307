#pragma once
// The builtin engine as a provider: text (its four tasks but translation), pictures (made, edited, extended)
// and English embeddings, with no key, no network and no model but the embedder.

#include <memory>
#include <string>

#include "common/errors/error.hpp"
#include "workers/ai/capabilities/capability.hpp"

namespace atelier::ai {

/// `models_dir` as in settings. Without the embedder's weights prompts are read by lexicons alone, which the
/// log says.
Result<std::unique_ptr<Provider>> make_builtin(const std::string& models_dir);

}  // namespace atelier::ai
