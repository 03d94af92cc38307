#pragma once
// Making layers larger and smaller.

#include "workers/ai/builtin/instructions/desk/desk.hpp"

namespace atelier::ai::builtin::instructions {

/// The layer and all that is in it × `factor`: letters, strokes, corners, shadows and masks too. Its middle
/// stays.
void scale_whole(design::Layer& layer, double factor);
/// The sizes of all letters × `factor`, 4…2000 pixels.
void scale_letters(design::TextContent& text, double factor);
/// The smallest box around the letters, in the place where they are.
void tighten(Desk& desk, design::Layer& layer);

/// A text × `factor`, in a box that grows with it as far as there is room; layers below move down, and where
/// all that is not enough it grows less. Gives the factor that it came to.
double grow_text(Desk& desk, const std::string& id, double factor);

/// Many layers × one factor. Everything keeps its arrangement, which grows about its middle with the lines
/// and grounds in it; a choice of layers grows each in its place, as far as none meets another. Gives the
/// factor that it came to.
double scale_together(Desk& desk, const Ids& ids, double factor, bool is_everything);

}  // namespace atelier::ai::builtin::instructions
