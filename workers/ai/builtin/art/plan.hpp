#pragma once
// What an art request's words ask for.

#include <string>
#include <vector>

#include "workers/ai/builtin/art/art.hpp"
#include "workers/ai/builtin/art/palette.hpp"
#include "workers/ai/builtin/art/technique.hpp"

namespace atelier::ai::builtin::art {

/// Where text will lie: detail and contrast keep away.
enum class Side { none, left, right, top, bottom, middle, edges };

enum class Treatment { full_color, duotone, silhouette, glow };

struct Plan {
    const Technique* technique = nullptr;  ///< never null
    bool is_named = false;                 ///< the prompt itself names the technique
    std::string words;                  ///< plain: the prompt; with the context's when no technique is named
    bool has_told_colors = false;       ///< by the prompt or the brand: things may be dyed in them
    std::vector<std::string> subjects;  ///< names in the library of illustrations, the main one first
    bool is_pattern = false;            ///< subjects are scattered instead of shown
    Treatment treatment = Treatment::full_color;
    Palette palette;
    Side calm = Side::none;
    float grain = 0.15F;
    std::uint64_t seed = 0;

    /// Whether any of the phrases (separated by `|`) is among the words: how a technique chooses its kind.
    bool asks_for(std::string_view phrases) const;
    /// 0 (all there is) … 1 (nothing but ground) at a place in fractions of the picture.
    float calmness(float x, float y) const;
};

Plan make_plan(const ArtRequest& request);

}  // namespace atelier::ai::builtin::art
