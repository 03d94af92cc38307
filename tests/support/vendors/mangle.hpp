#pragma once
// Right answers made wrong in one place, by a seed.

#include <cstdint>
#include <string>

namespace atelier::tests {

/// JSON: one value, somewhere, becomes another of any type. Anything else: some bytes change.
std::string mangled(const std::string& body, std::uint64_t seed);

}  // namespace atelier::tests
