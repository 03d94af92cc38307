#pragma once
// The words of the variants, from a prompt's facts.

#include <cstdint>
#include <vector>

#include "workers/ai/builtin/copy/facts.hpp"

namespace atelier::ai::builtin {

/// `variants` alternatives (1–8) that differ in angle, as far as the facts allow. Deterministic by facts and
/// seed. Sentences come from the templates of the facts' language; where there are none, the prompt's own
/// words are set.
std::vector<Copy> write_copies(const Facts& facts, int variants, std::uint64_t seed);

}  // namespace atelier::ai::builtin
