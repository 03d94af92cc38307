#pragma once
// Case and grammar of short texts: letters of Latin, Greek and Cyrillic, English nouns.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/copy/facts.hpp"

namespace atelier::ai::builtin {

std::string lower(std::string_view text);
/// The first letter large, the rest as it is.
std::string sentence_case(std::string_view text);
/// English title case: small words stay small inside, words that hold a large letter stay as they are.
std::string title_case(std::string_view text);
bool begins_large(std::string_view word);
std::size_t letters(std::string_view text);  ///< code points
/// At most so many code points, cut at a word's end.
std::string cut_at_word(std::string_view text, std::size_t most);
std::vector<std::string> split(std::string_view text, char by);  ///< trimmed, empty parts left out
std::string trim(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view between);

/// How an English noun phrase behaves, judged by its head (the last word before "of", "for", "with"…).
Number number_of(std::string_view phrase);
/// "a", "an": by sound, as far as letters tell.
std::string with_article(std::string_view phrase);

}  // namespace atelier::ai::builtin
