#pragma once
// Private to common/design: characters of a text that is known to be UTF-8.

#include <string>
#include <string_view>

namespace atelier::design {

/// The code point at `at`, which moves behind it. Bytes that begin no sequence give themselves.
char32_t next_character(std::string_view text, std::size_t& at);

/// Whether there are at least `count`.
bool has_characters(std::string_view text, std::size_t count);

/// At most `count` characters.
std::string first_characters(std::string_view text, std::size_t count);

}  // namespace atelier::design
