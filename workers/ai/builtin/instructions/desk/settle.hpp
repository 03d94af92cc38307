#pragma once
// After each clause: the design is made good again, or the clause is taken back.

#include "workers/ai/builtin/instructions/language/grammar.hpp"

namespace atelier::ai::builtin::instructions {

/// Validates the design on the desk and takes over what validation mended, saying so. Why not, where the
/// design would end with a fault that it did not have `before`, or a locked layer would have to change.
Outcome settle(Desk& desk, const design::Design& before);

}  // namespace atelier::ai::builtin::instructions
