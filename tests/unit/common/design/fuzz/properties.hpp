#pragma once
// What holds for every input of the validation pipeline.

#include <string>
#include <string_view>

namespace atelier::test {

/// Validates and checks: the result fits the schema, the repairs applied to what was parsed give it, it
/// survives writing and reading, its model writes it again, and validating it changes nothing. Empty when all
/// holds, else what does not. `was_valid` says whether the text was taken and came back without errors.
std::string broken_property(std::string_view text, bool* was_valid = nullptr);

}  // namespace atelier::test
