#pragma once
// Stage 1: JSON out of what a model wrote.
//
// Text that is JSON is only parsed. Otherwise a forgiving reader takes over that knows what models do: code
// fences and prose around the document, comments, trailing and missing commas, single and typographic quotes,
// keys and values without quotes, Python and JavaScript literals, NaN and infinities, brackets that are
// missing, wrong or too many, a tail that was cut off, line breaks and quotes inside texts, equal keys (the
// later one counts, unless it is empty), a byte order mark, control characters, bytes that are no UTF-8, a
// document written as a JSON text. It reads once from left to right with one byte of progress a step, so it
// always ends; depth and size are bounded.

#include <string>
#include <string_view>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::design {

/// What was wrong with the text: `rule` is a word for programs (`trailing_comma`), `reason` a sentence.
struct SyntaxRepair {
    std::size_t offset = 0;  ///< bytes into the text as it was read: without mark and invalid bytes
    std::string rule;
    std::string reason;
    bool operator==(const SyntaxRepair&) const = default;
};

struct LenientJson {
    json::Value value;  ///< an object or a list
    std::vector<SyntaxRepair> repairs;
};

/// At most this many repairs are listed; the rest is made silently.
inline constexpr std::size_t kMaxSyntaxRepairs = 200;

/// Errors: too_large (more than kMaxDocumentBytes), bad_request (nothing in the text is an object or a list).
Result<LenientJson> parse_lenient(std::string_view text);

}  // namespace atelier::design
