#pragma once
// Every picture, colour and text style of a design, wherever it hides. The callbacks get references into the
// design and may change it; they are called in the order of the document.

#include <functional>
#include <string>
#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::design {

/// Groups before what is in them; layers in groups included.
void for_each_layer(std::vector<Layer>& layers, const std::function<void(Layer&)>& visit);
/// The background's and those of image and smart image layers.
void for_each_picture(Design& design, const std::function<void(Picture&)>& visit);
/// All that is painted and what recipes name; not the brand's own.
void for_each_color(Design& design, const std::function<void(Color&)>& visit);

/// The assets that the design shows, each once, in the order of the document.
std::vector<std::string> assets_shown(const Design& design);

/// Bytes of all that is written in a document: its texts and some words. What setting it costs goes by this.
std::size_t written_in(const json::Value& document);

}  // namespace atelier::design
