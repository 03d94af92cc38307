#pragma once
// Prompts as plain words, in which phrases are looked for.

#include <string>
#include <string_view>
#include <vector>

namespace atelier::ai::builtin {

/// Lower case, words between single blanks, a blank at both ends. Commas and other stops become words ` , `;
/// hyphens and slashes become blanks; `#` and apostrophes stay.
std::string plain_words(std::string_view text);

/// How many words of `plain` the first occurrence of any of the phrases (separated by `|`, plain themselves)
/// has; the longest phrase counts. `found` gets that phrase. 0 when there is none.
std::size_t match(std::string_view plain, std::string_view phrases, std::string_view* found = nullptr);

/// The parts between `separator`.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace atelier::ai::builtin
