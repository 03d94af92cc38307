#pragma once
// YAML as JSON values. yaml-cpp stays in the .cpp file.

#include <string_view>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::api {

/// Plain scalars get the types of YAML's core schema, quoted ones are strings. Error: internal, with line and
/// column.
Result<json::Value> parse_yaml(std::string_view text);

}  // namespace atelier::api
