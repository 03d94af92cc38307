#pragma once
// Words that mean the same become one word; slips of the pen are mended.

#include <set>
#include <string>
#include <string_view>

#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

/// Phrases of the table (phrases.hpp) in the words of the patterns: "enlarge", "Überschrift" and "call to
/// action" become "bigger", "headline" and "button"; words that say nothing ("please") go.
Tokens spelt(Tokens tokens);

/// Words of five letters and more that are not in `known` but one slip away from a word in it (a letter
/// changed, missing, too much, or two swapped) are taken for that word; of several the first in the alphabet.
Tokens mended(Tokens tokens, const std::set<std::string, std::less<>>& known);

/// Every word that the table of phrases begins with or leads to.
const std::set<std::string, std::less<>>& phrase_words();

/// `"sun outer"` → {"sun", "outer"}: the words of a name as an instruction would spell them.
std::vector<std::string> name_words(std::string_view name);

}  // namespace atelier::ai::builtin::instructions
