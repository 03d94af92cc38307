#pragma once
// The whole of validation: parse → schema → repair → constraints.
//
// Pure: equal arguments give equal answers, nothing is kept, any thread may call. It ends for every input:
// bytes, depth, layers and rounds are bounded. Validating what came out changes nothing: its repairs are then
// empty.

#include <optional>
#include <string_view>
#include <vector>

#include "common/design/constraints/constraints.hpp"
#include "common/design/model/design.hpp"
#include "common/design/repair/editor.hpp"
#include "common/design/syntax/lenient.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::design {

struct Validation {
    json::Value parsed;                        ///< after stage 1
    std::vector<SyntaxRepair> syntax_repairs;  ///< stage 1
    std::vector<FieldError> schema_errors;     ///< stage 2: of `parsed`; what stage 3 then repaired
    std::vector<Repair> repairs;               ///< stages 3 and 4: applied to `parsed` they give `document`
    json::Value document;                      ///< fits the schema
    Design design;                             ///< the same as a model
    std::vector<Finding> findings;             ///< stage 4: what could not be mended

    /// No finding is an error.
    bool is_valid() const;
};

/// More repairs than this are given as one that replaces the document.
inline constexpr std::size_t kMaxRepairs = 2000;

/// Errors: bad_request (no object or list in the text), too_large.
Result<Validation> validate_text(std::string_view text, const TextMeasurer& measurer = estimated_measurer());

/// From stage 2 on. Errors: bad_request for a value nested deeper than kMaxDocumentDepth; internal when a
/// repair has left a wrong field, a bug.
Result<Validation> validate_document(json::Value parsed, const TextMeasurer& measurer = estimated_measurer());

/// The repair log as it is returned and stored: `{"syntax": [{offset, rule, reason}], "patch": [{op, path, …,
/// rule, reason}], "findings": [{pointer, rule, message, severity}]}`. `patch` is a JSON Patch (RFC 6902).
json::Value repair_log(const Validation& validation);

}  // namespace atelier::design
