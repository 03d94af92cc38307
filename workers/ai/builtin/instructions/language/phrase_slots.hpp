#pragma once
// The small slots of patterns: amounts and places.

#include <optional>
#include <span>

#include "workers/ai/builtin/instructions/language/token.hpp"

namespace atelier::ai::builtin::instructions {

/// How much: "by 20 %", "a bit", "twice", "40 px".
struct Amount {
    enum class Kind { slightly, much, percent, pixels, times, number, degrees } kind = Kind::percent;
    double value = 0;
    bool is_target = false;  ///< "to 150%": what it shall be, not by how much
};
std::optional<Amount> read_amount(std::span<const Token> phrase);

/// Where on the canvas: −1 left or top, 0 centre, 1 right or bottom; nothing where it is not said.
struct Spot {
    std::optional<int> x, y;
};
/// "top right corner", "bottom edge", "in the centre", "left".
std::optional<Spot> read_spot(std::span<const Token> phrase);

}  // namespace atelier::ai::builtin::instructions
