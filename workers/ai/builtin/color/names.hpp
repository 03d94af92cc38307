#pragma once
// What a colour word looks like on a design: the shade that a designer would take, not the screen's primary.
// The one table for prompts, instructions and pictures; which words count as colours where is theirs to say.

#include <optional>
#include <span>
#include <string_view>

#include "common/design/model/color.hpp"

namespace atelier::ai::builtin {

struct NamedColor {
    std::string_view name;
    design::Color color;
};

/// Every name once, ordered by its bytes.
std::span<const NamedColor> color_names();

/// The colour of a whole name in lower case, one space between its words: "navy", "rose gold", "dark blue",
/// "grün", "naranja". German names with accents, without ("grun") and as they are typed without ("gruen").
/// Nothing for anything else, names of CSS included. Any thread may call it.
std::optional<design::Color> named_color(std::string_view name);

}  // namespace atelier::ai::builtin
