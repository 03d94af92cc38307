#pragma once
// What to call a design, in the prompt's own words.

#include <string>
#include <vector>

#include "workers/ai/builtin/reading/reading.hpp"

namespace atelier::ai::builtin {

/// 1–80 characters: the prompt without its wishes for style.
std::string title_of(const Reading& reading);
/// The clauses that say something, at least one, each at most 60 characters: the words to set where no
/// template speaks the language.
std::vector<std::string> own_clauses(const Reading& reading);

}  // namespace atelier::ai::builtin
