#pragma once
// Private to repair/: the passes of stage 3 in the order in which repair_design() calls them.

#include <string>

#include "common/design/repair/editor.hpp"

namespace atelier::design {

/// Cuts lists and objects that are far longer than any design's.
void cut_excess(Editor& editor);
/// Unwraps the root and gives its parts their place: meta, canvas, brand, layers.
void tidy_document(Editor& editor);
/// Gives every layer its type and its fields their place; isolates what no renderer knows; makes texts in
/// pictures text layers. Works through groups.
void tidy_layers(Editor& editor);
/// Coordinates in percent or fractions become pixels; boxes that are missing get one that makes sense.
void place_layers(Editor& editor);
/// Sorts layers by z_index and numbers them.
void order_layers(Editor& editor);
/// What binds fields to each other: ids, points, offsets, depth and number of layers.
void settle_rules(Editor& editor);

/// One layer's fields, its type being known. `at` is the layer's pointer.
void tidy_layer_fields(Editor& editor, const std::string& at);
/// Texts that an image layer carries become text layers behind it in the list; how many.
std::size_t free_trapped_texts(Editor& editor, const std::string& list, std::size_t index);

/// Moves the member when it is there and the target is not.
void move_if_free(Editor& editor, const std::string& from, const std::string& to);

}  // namespace atelier::design
