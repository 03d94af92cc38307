#pragma once
// The example designs of schemas/design/examples, for tests.

#include <string>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::test {

struct Example {
    std::string name;
    std::string text;
    json::Value value;
};

/// All of them, by name; read once.
const std::vector<Example>& examples();
/// One by its name; fails the test program when there is none.
const json::Value& example(const std::string& name);

}  // namespace atelier::test
