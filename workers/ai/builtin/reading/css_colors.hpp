#pragma once
// The colour names of CSS Color Module Level 4.

#include <optional>
#include <string_view>

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin {

/// A name in lower case: "rebeccapurple".
std::optional<design::Color> css_color(std::string_view name);

}  // namespace atelier::ai::builtin
