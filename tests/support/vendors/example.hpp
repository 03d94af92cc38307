#pragma once
// Values that fit a JSON Schema (or Gemini's form of it), for models that are none.

#include <string>
#include <string_view>

#include "common/json/value.hpp"

namespace atelier::tests {

json::Value example_of(const json::Value& schema);

/// A PNG of two colours, chosen by the text, cut diagonally.
std::string example_png(int width, int height, std::string_view text);

/// Numbers that depend on the text alone; texts that share words are near each other.
json::Value example_vector(std::string_view text, int length);

}  // namespace atelier::tests
