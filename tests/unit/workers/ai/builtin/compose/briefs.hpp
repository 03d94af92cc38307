#pragma once
// Briefs as a reader of prompts would write them: twelve occasions, from a wedding to a Black Friday.

#include <vector>

#include "workers/ai/brief/brief.hpp"

namespace atelier::ai::builtin {

std::vector<Brief> sample_briefs();

}  // namespace atelier::ai::builtin
