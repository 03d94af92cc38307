#pragma once
// The short lines of a copy: what to do, the badge, the small print, the line above.

#include <cstdint>
#include <string>

#include "workers/ai/builtin/copy/facts.hpp"

namespace atelier::ai::builtin {

std::string call_to_action(const Facts& facts, std::uint64_t choice);
std::string badge(const Facts& facts);
/// Date, time, place, address of the facts: "12 July, 8 pm · Blue Note, Berlin".
std::string caption(const Facts& facts);
/// Nothing that the headline says already.
std::string usual_kicker(const Facts& facts, const std::string& headline);

}  // namespace atelier::ai::builtin
