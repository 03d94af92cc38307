#pragma once
// Random changes to the text of a design, for the fuzz program: g++ has no libFuzzer.

#include <random>
#include <string>

#include "common/json/value.hpp"

namespace atelier::test {

/// Bytes: flipped, inserted, removed, doubled, cut; pieces of JSON put in; parts of `other` spliced in.
std::string mutate_text(std::string text, const std::string& other, std::mt19937& random);

/// Values: replaced by values of other types and sizes, moved between keys, removed, nested deeper; lists
/// doubled and emptied. What comes out is JSON.
json::Value mutate_value(json::Value value, std::mt19937& random);

}  // namespace atelier::test
