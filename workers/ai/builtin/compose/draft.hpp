#pragma once
// Candidates: every scheme that is fit, drawn with some choices of type, colour and art, and scored.

#include <string>
#include <vector>

#include "workers/ai/builtin/compose/compose.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"
#include "workers/ai/builtin/compose/score.hpp"

namespace atelier::ai::builtin::layout {

struct Draft {
    design::Design design;
    const Scheme* scheme = nullptr;
    std::size_t copy = 0;  ///< which of the brief's
    std::string palette, type, technique;
    bool is_mirrored = false;
    Score score;
    double value = 0;  ///< 0…1: the score and how well the choices suit the brief
};

/// Deterministic. Error: conflict when stopped.
Result<std::vector<Draft>> draw_drafts(const ComposeRequest& request, const design::TextMeasurer& measurer);

}  // namespace atelier::ai::builtin::layout
