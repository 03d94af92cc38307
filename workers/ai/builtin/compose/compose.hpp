#pragma once
// From a brief to designs: compositional schemes × type scales × colour harmonies, scored by rules and
// searched.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/async/stop_token.hpp"
#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"
#include "workers/ai/brief/brief.hpp"

namespace atelier::ai::builtin {

struct ComposeRequest {
    Brief brief;
    std::optional<design::Brand> brand = {};  ///< a kit whose colours, fonts and logo hold
    int width = 1080, height = 1080;  ///< 16…8192 (the canvas of the catalogue's formats, 320×50 included)
    int variants = 4;                 ///< 1…8
    std::uint64_t seed = 0;
    async::StopToken stop = {};
};

struct Composed {
    design::Design
        design;  ///< valid (design::validate_document changes nothing in it); its pictures are smart images
    std::string scheme;  ///< "split", "full_bleed", …
    double score = 0;    ///< 0…1
    json::Value scores;  ///< by rule
};

/// As many as asked for, the best first, that truly differ: in scheme, and in colour, type or words.
/// Deterministic. Errors: validation_failed for a size or number out of range; conflict when stopped.
///
/// Pictures are told in words, in `recipe.prompt`: a background is an art technique with its colours and
/// where it stays calm ("bokeh lights, deep purple and gold, calm on the left"), a cut-out subject ends with
/// "on a transparent background".
Result<std::vector<Composed>> compose(const ComposeRequest& request, const design::TextMeasurer& measurer);

}  // namespace atelier::ai::builtin
