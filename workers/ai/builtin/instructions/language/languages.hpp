#pragma once
// Languages by their names in English, German and Spanish.

#include <optional>
#include <string>
#include <string_view>

namespace atelier::ai::builtin::instructions {

/// "german", "deutsch", "aleman" → "de" (BCP 47). Spelt without accents, in lower case.
std::optional<std::string> language_tag(std::string_view name);

}  // namespace atelier::ai::builtin::instructions
