#pragma once
// A model's words as an answer: parsed where they are JSON, refused where they cannot become any.

#include <string>
#include <string_view>

#include "workers/ai/vendors/exchange/failures.hpp"
#include "workers/ai/vendors/schemas/dialect.hpp"

namespace atelier::ai {

/// `value` is set for strict JSON only; text that merely holds JSON (in a fence, with a comma too many) is
/// left to the caller's lenient parser. Failure: malformed_output when JSON was asked for and there is
/// nothing of it: no object and no list.
Answered<TextAnswer> text_answer(std::string text, const json::Value& schema, const AdaptedSchema& adapted,
                                 Usage usage, std::string_view vendor_id);

/// For models that take no schema: instructions that end with the schema and the wish for JSON alone.
std::string with_schema_in_words(const std::string& instructions, const json::Value& schema);

/// Letters, digits, `_` and `-`, at most 64: what vendors take for a schema's or a tool's name.
std::string plain_name(std::string_view name);

}  // namespace atelier::ai
