#pragma once
// Private to syntax/: making the bytes readable before anything is parsed.

#include <string>
#include <string_view>
#include <vector>

#include "common/design/syntax/lenient.hpp"

namespace atelier::design {

/// UTF-8 without byte order mark, U+0000 and invalid sequences (U+FFFD stands for these); UTF-16 with a mark
/// is converted. HTML entities and `\"` are undone where every quote of the document is written so.
std::string readable_text(std::string_view bytes, std::vector<SyntaxRepair>& repairs);

void append_utf8(std::string& out, char32_t c);

}  // namespace atelier::design
