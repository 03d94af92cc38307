#pragma once
// Font families and kinds of fonts by name.

#include <optional>
#include <span>
#include <string>

#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

/// "inter", "a serif font", "handwritten" → a family that Atelier ships; "\"Comic Neue\"" → that one. Nothing
/// for words that name none.
std::optional<std::string> read_font(std::span<const Token> phrase);

}  // namespace atelier::ai::builtin::instructions
