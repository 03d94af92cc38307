#pragma once
// Edits by instruction: "make the headline bigger and move the logo to the top right" → JSON Patch.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"
#include "common/json/patch.hpp"

namespace atelier::ai::builtin {

struct Followed {
    json::Patch patch;                        ///< of the design's canonical JSON
    std::vector<std::string> summary;         ///< what was done, a sentence each
    std::vector<std::string> not_understood;  ///< the clauses that no form fits, as they were written
    std::optional<std::string>
        translate_to;  ///< BCP 47: a clause asks for a translation, which is not in the patch
};

/// The forms are documented in README.md beside this file. Locked layers stay as they are (and the summary
/// says so). Deterministic and pure. Errors: validation_failed at /instruction, rule `understood`, when no
/// clause was understood: the message says what can be asked.
Result<Followed> follow(const design::Design& design, std::string_view instruction,
                        const std::optional<design::Brand>& brand, const design::TextMeasurer& measurer);

}  // namespace atelier::ai::builtin
