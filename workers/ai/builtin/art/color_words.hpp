#pragma once
// Colours told in words or as #hex.

#include <string_view>
#include <vector>

#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin::art {

struct ToldColors {
    std::vector<Oklch> colors;  ///< in the order they are told; names count only where no #hex is told
    bool has_hex = false;
};

/// From words as plain_words() gives them: `#rgb`, `#rrggbb`, names ("blush", "navy blue") with "deep",
/// "dark", "light", "pale", "soft", "bright" or "muted" before them.
ToldColors told_colors(std::string_view plain);

/// Colours that an occasion or a subject matter brings along ("halloween", "ocean"), ground first; empty when
/// the words name none.
std::vector<Oklch> colors_of_occasion(std::string_view plain);

bool is_color_word(std::string_view word);

}  // namespace atelier::ai::builtin::art
