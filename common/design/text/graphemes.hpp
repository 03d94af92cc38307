#pragma once
// Private to common/design: what people take for one letter, and capitals.

#include <string>
#include <string_view>
#include <vector>

namespace atelier::design {

/// The extended grapheme clusters of a UTF-8 text (UAX #29, as browsers split it; without its rare
/// prepended marks). Joined they are the text again. "\r\n" is one.
std::vector<std::string_view> split_graphemes(std::string_view text);

/// Capitals of Latin, Greek, Cyrillic and Armenian letters; ß becomes SS. Other characters stay.
std::string uppercase(std::string_view text);

}  // namespace atelier::design
