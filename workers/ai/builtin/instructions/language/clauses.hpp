#pragma once
// An instruction divided into clauses that forms fit.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/instructions/language/grammar.hpp"

namespace atelier::ai::builtin::instructions {

struct Clause {
    Tokens tokens;               ///< with what is carried on from the clause before
    const Form* form = nullptr;  ///< nothing: not understood
    Slots slots;
    std::size_t begin = 0, end = 0;  ///< bytes of the instruction
};

/// Sentences end at stops and "then"; within one, `and` and commas divide where that lets most be understood.
/// A clause without a verb takes that of the one before ("move the logo left and the badge right"), one
/// without a layer its layers too ("make the headline bigger and blue").
std::vector<Clause> divide(const Tokens& tokens, const Names& names, const design::Brand& brand);

}  // namespace atelier::ai::builtin::instructions
