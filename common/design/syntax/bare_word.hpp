#pragma once
// Private to syntax/: values without quotes.

#include <string>
#include <string_view>

#include "common/json/value.hpp"

namespace atelier::design {

struct BareValue {
    json::Value value;
    std::string rule;  ///< empty when the word is plain JSON
    std::string reason;
};

/// Numbers (also `+1`, `.5`, `5.`, `0x1f`, `1_000`), literals of JSON, JavaScript and Python, the beginning
/// of one when the text ends there (`is_last`), and anything else as a text. NaN and infinities become null.
BareValue read_bare_word(std::string_view word, bool is_last);

}  // namespace atelier::design
