#pragma once
// Prompts as plain words, in which phrases are looked for.

#include <string>
#include <string_view>
#include <vector>

namespace atelier::ai::builtin {

/// Lower case, words between single blanks, a blank at both ends. Commas and other stops become words ` , `;
/// hyphens and slashes become blanks; `#` and apostrophes stay.
std::string plain_words(std::string_view text);

/// How many words the longest of the phrases (separated by `|`, plain themselves) has that occur in `plain`;
/// 0 when none does.
std::size_t match(std::string_view plain, std::string_view phrases);

/// The parts between `separator`.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace atelier::ai::builtin
