#pragma once
// Texts and buttons as layers.

#include "workers/ai/builtin/compose/stack.hpp"

namespace atelier::ai::builtin::layout {

struct TextSpec {
    Face face;
    std::string text, name;
    std::vector<std::string> breaks;  ///< lines that are set as they are; empty: lines break by themselves
    design::Role role = design::Role::body;
    double size = 16;
    design::Box box;
    design::Align align = design::Align::left;
    design::VerticalAlign vertical = design::VerticalAlign::top;
    design::Paint fill;
    std::optional<design::Color> emphasis;  ///< of the words that count most
    double rotation = 0;
    int lines = 1;
};

/// The layer alone, for a group; its box is measured from the group's corner.
design::Layer text_layer(Sheet& sheet, const TextSpec& spec);

/// Adds the layer; `ground` is what the letters stand on.
void draw_text(Sheet& sheet, const TextSpec& spec, design::Color ground);

/// A plate with its label, as a group.
void draw_button(Sheet& sheet, const std::string& label, const Face& face, double size, design::Box box,
                 const StackStyle& style);

}  // namespace atelier::ai::builtin::layout
