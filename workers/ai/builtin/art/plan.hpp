#pragma once
// What an art request's words ask for.

#include <string>
#include <vector>

#include "workers/ai/builtin/art/art.hpp"
#include "workers/ai/builtin/art/palette.hpp"
#include "workers/ai/builtin/art/technique.hpp"

namespace atelier::ai::builtin::art {

/// Where text will lie: detail and contrast keep away.
enum class Side { none, left, right, top, bottom, middle };

enum class Treatment { full_color, duotone, silhouette, glow };

struct Plan {
    const Technique* technique = nullptr;  ///< never null
    bool is_named = false;                 ///< the prompt itself names the technique
    std::string flavour;                   ///< the word that chose it: "memphis", "fireworks", "winter", …
    std::vector<std::string> subjects;     ///< names in the library of illustrations, the main one first
    bool is_pattern = false;               ///< subjects are scattered instead of shown
    Treatment treatment = Treatment::full_color;
    Palette palette;
    Side calm = Side::none;
    float grain = 0.15F;
    std::uint64_t seed = 0;

    /// 0 (all there is) … 1 (nothing but ground) at a place in fractions of the picture.
    float calmness(float x, float y) const;
};

Plan make_plan(const ArtRequest& request);

}  // namespace atelier::ai::builtin::art
