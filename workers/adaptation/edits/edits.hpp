#pragma once
// What a person changed by hand on a generated picture (`manual_edits`), applied to the source on every
// rendering.
//
// Order: crop, rotate, flip (these change the source photo, and its elements with it) → the format's own
// adaptation → brightness, contrast, saturation → the style set's texts → logo → text overlays in their
// order. Nothing depends on an earlier rendering, so equal edits give equal bytes.

#include <optional>
#include <string>
#include <vector>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"
#include "workers/imaging/adjust.hpp"
#include "workers/imaging/rotate.hpp"
#include "workers/imaging/text.hpp"

namespace atelier::adaptation {

/// Fractions 0…1 of the width and height they refer to, so that edits survive another size of the same
/// picture.
struct FractionBox {
    double x = 0, y = 0, width = 1, height = 1;
    bool operator==(const FractionBox&) const = default;
};

struct TextOverlay {
    std::string text;
    double x = 0.05, y = 0.05, width = 0.9;  ///< fractions of the canvas; the corner of the text's box
    std::string font_family = "Open Sans";
    double size = 0.05;  ///< as in a style set: above 1 pixels, else a share of √(width × height)
    int weight = 600;
    imaging::Color color = imaging::kWhite;
    imaging::Align align = imaging::Align::left;
    std::optional<imaging::Shadow> shadow;
    double opacity = 1;
};

struct LogoOverlay {
    std::string asset_id;
    double x = 0.05, y = 0.05, width = 0.2;  ///< fractions of the canvas
    double opacity = 1;
};

struct Edits {
    std::optional<FractionBox>
        crop;           ///< of the upright source; the format then adapts this part, without zooming
    double rotate = 0;  ///< degrees clockwise, -360…360
    imaging::Flip flip = imaging::Flip::none;
    imaging::Adjustment adjustment;  ///< brightness and contrast 0.2…3, saturation 0…3
    std::vector<TextOverlay> text_overlays;
    std::optional<LogoOverlay> logo_overlay;

    /// Whether the source photo itself changes.
    bool changes_source() const { return crop || rotate != 0 || flip != imaging::Flip::none; }
};

/// The shape of schemas/http/manual_edits.json. Error: validation_failed with every wrong field.
Result<Edits> parse_edits(const json::Value& v);

}  // namespace atelier::adaptation
