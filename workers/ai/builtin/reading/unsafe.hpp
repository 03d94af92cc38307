#pragma once
// What no design may be made of. Careful on both sides: whole words and phrases, each with the company it
// needs to mean harm.

#include <optional>
#include <string>

#include "workers/ai/builtin/reading/words.hpp"

namespace atelier::ai::builtin {

/// The category that the prompt falls into: "sexual content about minors", "explicit sexual content",
/// "graphic violence", "hate", "weapons", "self-harm".
std::optional<std::string> find_unsafe(const Prompt& prompt);

}  // namespace atelier::ai::builtin
