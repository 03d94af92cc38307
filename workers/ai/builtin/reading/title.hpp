#pragma once
// What to call a design, in the prompt's own words.

#include <string>

#include "workers/ai/builtin/reading/reading.hpp"

namespace atelier::ai::builtin {

/// 1–80 characters: the prompt without its wishes for style.
std::string title_of(const Reading& reading);
/// The first clause that says something, at most 60 characters: a headline where no template speaks the
/// language.
std::string leading_words(const Reading& reading);

}  // namespace atelier::ai::builtin
