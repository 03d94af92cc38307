#pragma once
// What OpenAI's strict mode says to a schema, by its documentation of structured outputs.

#include <string>

#include "common/json/value.hpp"

namespace atelier::tests {

/// Why the schema is refused; empty when it is not.
std::string strict_objection(const json::Value& schema);

}  // namespace atelier::tests
