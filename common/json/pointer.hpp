#pragma once
// JSON Pointer (RFC 6901). `pointer_to` in schema.hpp builds one; these take one apart and follow it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::json {

/// `/a~1b/0` → {"a/b", "0"}; nothing when the text is no pointer (it neither is empty nor begins with `/`, or
/// has a `~` without 0 or 1).
std::optional<std::vector<std::string>> parse_pointer(std::string_view pointer);

/// An element's number in a pointer: digits without leading zeros. Nothing for `-` and everything else.
std::optional<std::size_t> parse_index(std::string_view token);

/// The value at the pointer; null when there is none. Valid until the document changes.
const Value* follow(const Value& document, std::string_view pointer);
Value* follow(Value& document, std::string_view pointer);

/// `/a/b` and 3 → `/a/b/3`.
std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace atelier::json
