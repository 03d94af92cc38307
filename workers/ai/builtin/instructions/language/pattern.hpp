#pragma once
// Patterns of the grammar: words, `[what may be left out]`, `(this|that)`, and slots.
//
//   {what} {other}   layers                 {spot}    a place on the canvas
//   {color}          colours                {amount}  how much
//   {text}           a quotation, or the rest of the clause as it is written
//   {quote}          a quotation only       {font}    a family or a kind of font
//   {n}              a number               {language}

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

enum class Slot { what, other, spot, color, amount, text, quote, font, number, language };

struct Piece {
    std::string word;  ///< empty: the slot
    Slot slot = Slot::what;
};
/// A pattern without choices.
using Sequence = std::vector<Piece>;

/// All sequences that a pattern stands for, those with the most words first. Asserts that it is well formed.
std::vector<Sequence> expanded(std::string_view pattern);

/// Where a slot's words stand in the clause.
struct Range {
    std::size_t begin = 0, end = 0;
};
using Slots = std::map<Slot, Range>;

/// Whether the words may fill the slot.
using Fits = std::function<bool(Slot, Range)>;

/// The first way in which the sequence covers all of the clause; slots take as many words as they can.
std::optional<Slots> match(const Sequence& sequence, std::span<const Token> clause, const Fits& fits);

}  // namespace atelier::ai::builtin::instructions
