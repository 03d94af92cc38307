#pragma once
// JSON Schemas as each vendor takes them.
//
// OpenAI's strict mode wants every member required and every object closed, and refuses keywords that it does
// not know; Gemini takes a part of OpenAPI's schema object, without references; Anthropic takes JSON Schema.
// What a dialect cannot say is told in words, in the description beside it; a member that it cannot say and
// that may be left out is left out. Pure functions; local references only (`#`, `#/definitions/…`,
// `#/$defs/…`).

#include "common/json/value.hpp"

namespace atelier::ai {

enum class Dialect { json_schema, openai_strict, gemini };

struct AdaptedSchema {
    json::Value schema;
    /// The answer is wrapped as {"answer": …}, because the dialect wants an object at the root.
    bool is_wrapped = false;
    /// False: the dialect cannot express it (free-form maps, foreign references, deeper than it allows);
    /// `schema` is then the original one.
    bool is_expressed = true;
};

AdaptedSchema adapt_schema(const json::Value& schema, Dialect dialect);

/// An answer by the adapted schema as one by the original: unwrapped, and without the nulls that stand for
/// members left out.
json::Value restore_answer(json::Value answer, const json::Value& schema, const AdaptedSchema& adapted);

}  // namespace atelier::ai
