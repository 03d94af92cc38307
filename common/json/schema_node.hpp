#pragma once
// A compiled schema: what schema_compile.cpp makes and schema_validate.cpp follows. Private to this folder.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/json/formats.hpp"
#include "common/json/schema.hpp"

namespace atelier::json {

enum class Type { null, boolean, integer, number, string, array, object };
std::optional<Type> parse_type(std::string_view name);
/// `a whole number`, `a list`, …
std::string_view describe(Type type);

struct Schema::Node {
    const Node* ref = nullptr;     ///< alone when set
    std::vector<Type> types;       ///< empty: any
    std::optional<Array> allowed;  ///< of enum and const
    bool is_const = false;

    std::vector<std::string> required;
    std::vector<std::pair<std::string, const Node*>> properties;
    bool additional_allowed = true;
    const Node* additional = nullptr;
    std::optional<std::int64_t> min_properties;

    const Node* items = nullptr;
    std::optional<std::int64_t> min_items, max_items;
    bool unique_items = false;

    std::optional<std::int64_t> min_length, max_length;
    std::optional<Format> format;

    std::optional<double> minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;

    std::vector<const Node*> all_of, any_of, one_of;
};

}  // namespace atelier::json
