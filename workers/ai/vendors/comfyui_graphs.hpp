#pragma once
// Private to workers/ai/vendors: ComfyUI's graphs, and filling them in.
//
// Placeholders, in any text of a node: %model% %prompt% %negative_prompt% %width% %height% %count% %seed%
// %denoise%; of edits %image% %mask% (names of uploaded files); of outpainting %fit_width% %fit_height% (the
// picture scaled into the canvas) %left% %top% %right% %bottom% (what is added around it). A text that is
// nothing but a placeholder becomes a number where the value is one.

#include <string_view>
#include <utility>
#include <vector>

#include "common/json/value.hpp"

namespace atelier::ai {

const json::Value& comfy_text_to_image();
/// Repaints the whole picture a little.
const json::Value& comfy_edit();
/// Repaints where the mask is white.
const json::Value& comfy_masked_edit();
const json::Value& comfy_outpaint();

using Placeholders = std::vector<std::pair<std::string_view, json::Value>>;
json::Value fill_in(const json::Value& graph, const Placeholders& values);

}  // namespace atelier::ai
