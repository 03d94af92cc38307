#pragma once
// How good a drawn sheet is, by rules of the craft: each gives 0…1.

#include <array>
#include <string_view>

#include "workers/ai/builtin/compose/sheet.hpp"

namespace atelier::ai::builtin::layout {

inline constexpr std::array<std::string_view, 10> kRules{"hierarchy",  "alignment",   "balance", "contrast",
                                                         "margins",    "thirds",      "overlap", "space",
                                                         "legibility", "completeness"};

struct Score {
    std::array<double, kRules.size()> by_rule{};
    double total = 0;  ///< weighted mean
};

/// Of the texts and pictures that were placed; call before they are mirrored or after, it makes no
/// difference.
Score score(const Sheet& sheet);

}  // namespace atelier::ai::builtin::layout
