#pragma once
// Small and capital letters of Latin, Greek and Cyrillic texts.

#include <string>
#include <string_view>

namespace atelier::ai::builtin::instructions {

std::string lower_case(std::string_view text);
/// The first letter of each word a capital. `begins`: whether the text begins a word; told for what follows.
std::string title_case(std::string_view text, bool& begins);
/// The first letter of each sentence a capital, the rest small.
std::string sentence_case(std::string_view text, bool& begins);

}  // namespace atelier::ai::builtin::instructions
