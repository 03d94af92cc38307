#pragma once
// What a picture is asked to be, in words: the technique, its colours, where it stays calm, and what it
// shows.

#include <string>
#include <vector>

#include "workers/ai/builtin/compose/sheet.hpp"

namespace atelier::ai::builtin::layout {

/// Techniques of the art engine that suit the brief, the best first; at least five.
std::vector<std::string> techniques_for(const Brief& brief);

/// 3–8 words of style and subject for the design.
std::vector<std::string> tags_for(const Brief& brief);

/// Fills prompt, negative prompt, seed and context of the layer's recipe.
void write_recipe(design::Design& design, const PlacedPicture& picture, const Brief& brief,
                  const std::string& technique, std::uint64_t seed);

}  // namespace atelier::ai::builtin::layout
