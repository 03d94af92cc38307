#pragma once
// Procedural pictures: backgrounds and patterns painted from a prompt, a context and a seed.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/async/stop_token.hpp"
#include "common/design/model/design.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::ai::builtin {

struct ArtRequest {
    std::string prompt;               ///< names the technique and its colours, or only a subject and a mood
    design::HolisticContext context;  ///< colours, composition hints (where it stays calm), style keywords
    int width = 1024, height = 1024;  ///< 16…4096
    bool transparent = false;         ///< a cut-out subject instead of a whole picture
    std::uint64_t seed = 0;
    async::StopToken stop = {};
};

/// Deterministic by request. Chooses technique, colours, calm side and subject from the words; a prompt that
/// names a thing which the library of illustrations knows shows that thing. Errors: validation_failed for a
/// size out of range; conflict when stopped.
Result<imaging::Image> paint(const ArtRequest& request);

}  // namespace atelier::ai::builtin
