#pragma once
// Valid designs that use everything the format has, for tests that must hold for every design.

#include <cstdint>

#include "common/design/model/design.hpp"

namespace atelier::test {

/// Equal seeds give equal designs, on every machine.
design::Design random_design(std::uint32_t seed);

}  // namespace atelier::test
