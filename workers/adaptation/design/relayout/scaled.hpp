#pragma once
// Private to design/: layers made larger or smaller as a whole, and how much room they take.

#include "common/design/model/boxes.hpp"
#include "common/design/model/design.hpp"

namespace atelier::adaptation::design_render {

/// Everything in it by one factor, its corner where it was. Lengths keep to the ranges of the schema.
void scale(design::Layer& layer, double factor);
void scale_letters(design::TextContent& text, double factor);

void move_middle(design::Layer& layer, design::Point to);

/// The upright box around what the layer paints of its box; of a text, around its lines.
design::Box taken(const design::Layer& layer);

/// Sizes of the letters in a layer and in all that it holds; 0 where there are none.
struct LetterSizes {
    double least = 0, largest = 0;
};
LetterSizes letter_sizes(const design::Layer& layer);

}  // namespace atelier::adaptation::design_render
