#pragma once
// Where two values differ, so that a failing test need not print both.

#include <string>

#include "common/json/value.hpp"

namespace atelier::test {

/// `/layers/0/x: 3 and 4`; empty when they are equal. Numbers may differ by less than `tolerance`.
std::string first_difference(const json::Value& a, const json::Value& b, double tolerance = 0);

}  // namespace atelier::test
