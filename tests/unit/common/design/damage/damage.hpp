#pragma once
// Kinds of damage that models do to designs.

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::test {

using Random = std::mt19937;

struct Damage {
    std::string_view group;  ///< syntax, name, type, value, rule
    std::string_view name;
    std::function<std::string(json::Value design, Random& random)> apply;  ///< gives the damaged text
};

/// Every kind once, names unique.
std::vector<Damage> all_damages();

void add_syntax_damages(std::vector<Damage>& out);
void add_name_damages(std::vector<Damage>& out);
void add_value_damages(std::vector<Damage>& out);
void add_rule_damages(std::vector<Damage>& out);

/// Calls for every layer, groups first.
void each_layer(json::Value& design, const std::function<void(json::Value& layer)>& call);
/// Any one layer of the type; null when there is none.
json::Value* any_layer(json::Value& design, std::string_view type, Random& random);
void rename(json::Value& object, std::string_view from, std::string_view to);
/// Every object in the value, from the inside out.
void each_object(json::Value& value, const std::function<void(json::Value& object)>& call);

}  // namespace atelier::test
