#pragma once
// Private to instructions/: how layers are moved.

#include "workers/ai/builtin/instructions/language/grammar.hpp"

namespace atelier::ai::builtin::instructions {

inline constexpr const char* kNoRoom =
    "There is no room for it there: something more important would be covered.";

/// A single text that goes to a side is set from that side.
void set_towards(Desk& desk, const Ids& ids, std::optional<int> side);
/// What moves as one goes to the page's side, corner or centre. False where it would cover the message.
bool put(Desk& desk, const Ids& ids, const Spot& spot);
/// Those that are not locked, with their plates.
Ids movable(Ask& ask, const Ids& all);
/// {amount} in pixels, of a canvas side `room` long.
double amount_in(const Ask& ask, double room);

}  // namespace atelier::ai::builtin::instructions
