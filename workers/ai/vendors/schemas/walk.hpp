#pragma once
// Private to workers/ai/vendors: what the schema dialects share.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::ai {

/// The schema at a local reference; null when it is foreign or leads nowhere.
const json::Value* local_schema(const json::Value& root, std::string_view reference);

/// `allOf` folded into one schema: members of later parts win, `properties` and `required` are joined. Local
/// references inside it are followed.
json::Value without_all_of(const json::Value& schema, const json::Value& root);

/// The type names: of `type`, else of what the other keywords and the enumerated values imply. May be empty.
std::vector<std::string> types_of(const json::Value& schema);

/// The schema's description with sentences for those of `keywords` that it has: "At most 80 characters."
std::string described(const json::Value& schema, const std::vector<std::string_view>& keywords);

/// Puts that text there, when there is any.
void describe(json::Value& out, const json::Value& schema, const std::vector<std::string_view>& keywords);

/// Those of the keywords that the schema has, as they are.
void copy_keywords(json::Value& out, const json::Value& schema, std::initializer_list<const char*> keywords);

/// `anyOf`, or `oneOf` taken as one; null when there is neither.
const json::Value& alternatives_of(const json::Value& schema);

bool is_required(const json::Value& schema, std::string_view member);

/// The dialects themselves. Nothing: it cannot be expressed.
std::optional<json::Value> openai_strict_schema(const json::Value& schema);
std::optional<json::Value> gemini_schema(const json::Value& schema);

}  // namespace atelier::ai
