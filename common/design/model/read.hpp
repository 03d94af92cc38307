#pragma once
// Private to common/design: the model of a value that is known to be valid.

#include "common/design/model/design.hpp"

namespace atelier::design {

/// Call only with what check_design() finds nothing wrong with; members that are missing anyway keep their
/// defaults.
Design read_valid(const json::Value& value);

}  // namespace atelier::design
