#pragma once
// Private to syntax/: a place in the text, what may be skipped there, and texts in quotes of every kind.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/design/syntax/lenient.hpp"

namespace atelier::design {

struct Cursor {
    std::string_view text;
    std::size_t at = 0;
    std::vector<SyntaxRepair>& repairs;

    bool is_end() const { return at >= text.size(); }
    /// The character `ahead` bytes on; 0 behind the end.
    char peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }
    bool starts_with(std::string_view what) const {
        return text.substr(std::min(at, text.size())).starts_with(what);
    }
    void note(std::size_t offset, std::string rule, std::string reason);

    /// The structural ASCII character here, also where it is written in full width (`：`); 0 for anything
    /// else.
    char structural() const;
    std::size_t structural_length() const;
    void skip_structural();
    /// Blanks, also those beyond ASCII, and comments. `#` begins a comment except before a colour.
    void skip_blank();
    /// Where the text goes on after blanks; comments are not looked into.
    std::size_t after_blank(std::size_t from) const;
};

/// How a text may begin: the quote and its closing counterpart.
struct Quote {
    std::string_view open, close;
};
/// The quote that stands here, if one does.
const Quote* quote_at(const Cursor& cursor);

/// The text whose opening quote stands here, unescaped. A quote inside closes it only when what follows can
/// follow a text (`is_key`: a colon); a line break closes one whose closing quote was forgotten.
std::string read_quoted_text(Cursor& cursor, const Quote& quote, bool is_key);

}  // namespace atelier::design
