#pragma once
// Private to repair/: colours however somebody writes them.

#include <optional>

#include "common/design/model/color.hpp"
#include "common/json/value.hpp"

namespace atelier::design {

/// CSS names (also with blanks, in any case) and `transparent`, `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, the
/// same without `#` or with `0x`, rgb(), rgba(), hsl(), hsla() with commas or blanks and percentages, `[r, g,
/// b]` and
/// `{"r","g","b","a"}` of 0…255 (or all of 0…1). Nothing for anything else.
std::optional<Color> read_any_color(const json::Value& value);
std::optional<Color> read_any_color(std::string_view text);

}  // namespace atelier::design
