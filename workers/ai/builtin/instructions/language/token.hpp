#pragma once
// An instruction cut into words, numbers, colours and quotations.

#include <string>
#include <string_view>
#include <vector>

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin::instructions {

enum class Kind { word, number, quoted, color, stop };
enum class Unit { none, pixels, percent, times, degrees };

struct Token {
    Kind kind = Kind::word;
    std::string word;  ///< as patterns spell it: lower case without accents; of a quotation what it says
    double value = 0;  ///< of a number
    Unit unit = Unit::none;
    design::Color color;             ///< of a colour code
    std::size_t begin = 0, end = 0;  ///< bytes of the instruction
    std::size_t tail = 0;            ///< the end of words behind it that were dropped, else `end`
    bool is(std::string_view spelling) const { return kind == Kind::word && word == spelling; }
    bool operator==(const Token&) const = default;
};
using Tokens = std::vector<Token>;

/// The same text with every byte that is not UTF-8, and every control character but line ends, a blank.
std::string cleaned(std::string_view text);

/// Of a cleaned text. Ends of sentences are stops; commas, colons, `and` and `'s` are words.
Tokens tokenize(std::string_view text);

/// Lower case, without accents: "Größer" → "grosser".
std::string folded(std::string_view text);

/// At most so many bytes, whole characters.
std::string cut(std::string_view text, std::size_t bytes);

}  // namespace atelier::ai::builtin::instructions
