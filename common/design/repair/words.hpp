#pragma once
// Private to repair/: other words for the names and values of the format. Tables only.

#include <string>
#include <string_view>
#include <vector>

namespace atelier::design {

/// `fontSize`, `Font-Size`, `font size` → `font_size`.
std::string snake_case(std::string_view key);

/// Canonical names that a key may stand for, best first: `left` → {"x"}, `color` → {"fill", "color"}.
std::vector<std::string_view> names_meant_by(std::string_view key);

/// Values of an enumeration that a word may stand for: `centre` → {"center", "middle"}.
std::vector<std::string_view> values_meant_by(std::string_view word);

/// What a layer's type stands for. `shape` and `role` are empty where the word says nothing of them.
struct TypeMeant {
    std::string_view word, type, shape, role;
};
/// Null for types that no renderer knows.
const TypeMeant* type_meant_by(std::string_view word);
/// The type of a longer word that holds a known one: `hero_text_block` is a text. Empty for others.
std::string_view type_within(std::string_view word);

}  // namespace atelier::design
