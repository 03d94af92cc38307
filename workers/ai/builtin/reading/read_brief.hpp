#pragma once
// A prompt read by lexicons and word vectors: the builtin engine's brief.

#include <cstdint>
#include <optional>
#include <string>

#include "common/design/model/design.hpp"
#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/embedding/embedding.hpp"

namespace atelier::ai::builtin {

struct BriefRequest {
    std::string prompt;  ///< 1–2,000 characters, UTF-8
    std::optional<design::Brand> brand = {};
    int variants = 4;  ///< how many alternatives of the words
    std::uint64_t seed = 0;
};

/// Deterministic. Error: validation_failed at /prompt, rule `unsafe`, for what no design may be made of; rule
/// `minLength` where nothing can be read.
Result<Brief> read_brief(const BriefRequest& request);
/// The same, but word vectors decide where the lexicons are silent or torn. Null: none.
Result<Brief> read_brief(const BriefRequest& request, const Embedding* embedding);

}  // namespace atelier::ai::builtin
