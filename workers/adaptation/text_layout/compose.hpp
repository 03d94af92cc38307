#pragma once
// Texts onto a picture: placed, made readable, drawn, and measured on the real pixels.

#include <string>
#include <vector>

#include "workers/adaptation/text_layout/typeset.hpp"
#include "workers/imaging/image.hpp"

namespace atelier::adaptation {

struct PlacedText {
    Role role = Role::title;
    Box box;  ///< painted area, canvas pixels
    double size_px = 0;
    int lines = 0;
    imaging::Color color;
    double contrast = 0;  ///< measured behind the text before it was drawn, on the least favourable spot
};

struct TextReport {
    std::vector<PlacedText> placed;
    std::vector<Role> dropped;  ///< too small to be read on this canvas
    double scrim_opacity = 0;   ///< the strongest one used; 0: none
    std::vector<std::string> warnings;
};
json::Value to_json(const TextReport& report);

struct Composed {
    imaging::Image image;
    TextReport report;
};

/// `picture` must have no alpha and the canvas' size. Every text that is drawn reaches kMinimumContrast; the
/// style's own colour and `scrim: never` give way where nothing else helps, and the report says so.
Result<Composed> compose_texts(const imaging::Image& picture, const Texts& texts, const TextStyleSet& set,
                               const TextCanvas& canvas);

}  // namespace atelier::adaptation
