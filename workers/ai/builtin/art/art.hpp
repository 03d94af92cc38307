#pragma once
// Procedural pictures: backgrounds and patterns painted from a prompt, a context and a seed.
//
// What words do (the tables are technique.cpp, color_words.cpp, plan.cpp and ../subjects/synonyms.cpp):
//   technique   "bokeh lights", "paper cut", "contour lines", "fireworks" …; else the occasion's or style's
//   colours     #hex in order, the ground first; else names ("deep navy"), the brand's, the occasion's. Of a
//               cut-out the first colourful one is the thing's own
//   calm        "calm | copy space | room for text … on the left | right, at the top | bottom | edges, in the
//               middle", in the prompt, else in the composition hints
//   things      "headphones, light rays behind" stands on that ground; "pattern of oil lamps and flowers"
//               scatters them; on a podium with "studio" or "podium". Up to four in a group
//   treatment   "duotone", "silhouette" or "line art", "glow" or premium dark; full colour otherwise

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
