#pragma once
// How an organization sets its texts on a picture (`/admin/text-style-sets`), and the texts of one request.

#include <array>
#include <optional>
#include <string>

#include "common/errors/error.hpp"
#include "common/json/value.hpp"
#include "workers/imaging/text.hpp"

namespace atelier::adaptation {

enum class Role { title, subtitle, content };
inline constexpr std::array kRoles{Role::title, Role::subtitle, Role::content};
std::string_view to_string(Role role);

enum class TextPlacement { automatic, top, bottom, left, right, center };
std::string_view to_string(TextPlacement placement);
std::optional<TextPlacement> parse_text_placement(std::string_view name);

enum class ScrimUse { automatic, always, never };

/// Sizes above 1 are pixels of the canvas; up to 1 they are a share of its reference side √(width × height),
/// so that one set serves a story and a banner.
struct BlockStyle {
    std::string font_family = "Open Sans";
    double size_min = 0.03, size_max = 0.08;
    int weight = 400;                     ///< 100…900
    std::optional<imaging::Color> color;  ///< none: white or near-black, whichever reads better
    std::optional<imaging::Align> align;  ///< none: as the placement suggests
    std::optional<imaging::Shadow> shadow;
    double letter_spacing = 0;               ///< ems
    double line_height = 1.2;                ///< ems
    std::optional<TextPlacement> placement;  ///< none: that of the set
};

struct TextStyleSet {
    BlockStyle title = {}, subtitle = {}, content = {};
    TextPlacement placement = TextPlacement::automatic;
    ScrimUse scrim = ScrimUse::automatic;
    std::optional<imaging::Color> scrim_color = {};  ///< none: a dark or light tone of the picture behind

    const BlockStyle& of(Role role) const;
};

/// Open Sans, bold title, automatic colours and placement.
TextStyleSet default_text_style_set();

struct Texts {
    std::string title, subtitle, content;
    const std::string& of(Role role) const;
    bool empty() const { return title.empty() && subtitle.empty() && content.empty(); }
};

/// The shape of schemas/http/text_style_set.json; missing members keep the default set's values. Error:
/// validation_failed with every wrong field.
Result<TextStyleSet> parse_text_style_set(const json::Value& v);
json::Value to_json(const TextStyleSet& set);

/// `{title?, subtitle?, content?}`. Error: validation_failed with every wrong field.
Result<Texts> parse_texts(const json::Value& v);

/// Below this a text cannot be read on a screen; what does not fit at it is dropped and reported.
inline constexpr double kReadablePx = 10;
/// In pixels of this canvas.
double to_px(double size, int canvas_width, int canvas_height);

}  // namespace atelier::adaptation
