#pragma once
// A design as the program sees it: the canonical, editor-agnostic Design JSON, version 1.
// schemas/design/README.md describes every field; this file is that page in C++.
//
// Units: pixels of the canvas at 1×, x to the right, y down. A layer's (x, y) is the corner of its unrotated
// box; `rotation` turns it clockwise, in degrees, about the middle of that box. Layers in a group are
// measured from the corner of the group's box and turn with it. Lists of layers run from back to front;
// `z_index` in the JSON says the same and is not kept here. Plain data: copies deeply, compares by value, not
// synchronised.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/design/model/color.hpp"
#include "common/errors/error.hpp"
#include "common/json/value.hpp"

namespace atelier::design {

inline constexpr int kSchemaVersion = 1;

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double area() const { return width * height; }
    Point middle() const { return {x + width / 2, y + height / 2}; }
    bool operator==(const Box&) const = default;
};

// ---- Paint

struct Stop {
    double offset = 0;  ///< 0…1, never less than the one before
    Color color;
    bool operator==(const Stop&) const = default;
};

struct SolidPaint {
    Color color;
    bool operator==(const SolidPaint&) const = default;
};

/// `angle` degrees clockwise, 0 runs from left to right, 90 from top to bottom. The line goes through the
/// middle of the box and is |width·cos| + |height·sin| long, so that offsets 0 and 1 lie on two opposite
/// corners.
struct LinearPaint {
    double angle = 0;
    std::vector<Stop> stops;
    bool operator==(const LinearPaint&) const = default;
};

/// A circle: its centre in fractions of the box, its radius in fractions of the box's longer side.
struct RadialPaint {
    Point center{0.5, 0.5};
    double radius = 0.5;
    std::vector<Stop> stops;
    bool operator==(const RadialPaint&) const = default;
};

using Paint = std::variant<SolidPaint, LinearPaint, RadialPaint>;

/// Centred on the outline. `dash` is the length of dashes and of the gaps between them; 0 draws one line.
struct Stroke {
    Color color;
    double width = 1;
    double dash = 0;
    bool operator==(const Stroke&) const = default;
};

/// `blur` as on a canvas: twice the standard deviation of the Gaussian.
struct Shadow {
    Color color;
    double x = 0, y = 0, blur = 0;
    bool operator==(const Shadow&) const = default;
};

enum class Blend {
    normal,
    multiply,
    screen,
    overlay,
    darken,
    lighten,
    color_dodge,
    color_burn,
    hard_light,
    soft_light,
    difference,
    exclusion,
};

// ---- Outlines

enum class ShapeKind { rectangle, ellipse, polygon };

/// Top left, top right, bottom right, bottom left. Two that do not fit on one side shrink in proportion.
using CornerRadii = std::array<double, 4>;

/// A shape in a box: `corner_radii` matter for a rectangle, `points` (fractions of the box, closed) for a
/// polygon.
struct Outline {
    ShapeKind kind = ShapeKind::rectangle;
    CornerRadii corner_radii{};
    std::vector<Point> points;
    bool operator==(const Outline&) const = default;
};

/// Shows of a layer only what lies inside the outline; its box is measured from the layer's corner.
struct Mask {
    Box box;
    Outline outline;
    bool operator==(const Mask&) const = default;
};

// ---- Pictures

enum class Fit { cover, contain, stretch };
enum class Flip { none, horizontal, vertical, both };

/// Which picture, and how it fills its box. `asset_id` counts before `url`; with neither the place is still
/// empty.
struct Picture {
    std::optional<std::string> asset_id;
    std::optional<std::string> url;
    Fit fit = Fit::cover;
    Point focus{0.5,
                0.5};  ///< fractions of the picture: what stays in view when it is cut, what side it leans to
    bool operator==(const Picture&) const = default;
};

/// What a generated picture has to fit into. None of the members is empty in a valid design.
struct HolisticContext {
    std::string design_purpose;
    std::string overall_theme;
    std::vector<std::string> adjacent_elements;
    std::vector<Color> brand_colors;
    std::string composition_hints;
    std::vector<std::string> style_keywords;
    bool operator==(const HolisticContext&) const = default;
};

struct Recipe {
    std::string prompt;
    std::string negative_prompt;
    std::optional<std::int64_t> seed;
    HolisticContext context;
    bool operator==(const Recipe&) const = default;
};

// ---- Text

enum class Align { left, center, right, justify };  ///< sides of the page, also for right-to-left text
enum class VerticalAlign { top, middle, bottom };
enum class Direction { automatic, ltr, rtl };
enum class Letters { as_written, uppercase };
/// shrink: where the text does not fit its box, all its sizes shrink in proportion, at most to half.
enum class TextFit { fixed, shrink };

struct TextStyle {
    std::string font_family;
    double font_size = 32;  ///< em, pixels
    int font_weight = 400;  ///< 100…900 in hundreds
    bool italic = false;
    bool underline = false;
    bool strikethrough = false;
    double letter_spacing = 0;  ///< em
    Paint fill;                 ///< a gradient runs over the layer's box
    bool operator==(const TextStyle&) const = default;
};

/// A stretch of text; what it does not say holds as in the layer's style.
struct Run {
    std::string text;  ///< `\n` begins a paragraph
    std::optional<std::string> font_family;
    std::optional<double> font_size;
    std::optional<int> font_weight;
    std::optional<bool> italic, underline, strikethrough;
    std::optional<double> letter_spacing;
    std::optional<Paint> fill;
    bool operator==(const Run&) const = default;
};

// ---- Layers

struct Layer;

struct TextContent {
    std::vector<Run> runs;
    TextStyle style;
    Align align = Align::left;
    VerticalAlign vertical_align = VerticalAlign::top;
    Direction direction = Direction::automatic;
    double line_height = 1.2;  ///< from baseline to baseline, × the size of the line's largest text
    Letters letters = Letters::as_written;
    TextFit fit = TextFit::fixed;
    std::optional<Stroke> stroke;
    bool operator==(const TextContent&) const = default;
};

struct ImageContent {
    Picture picture;
    std::string alt;  ///< what it shows, for those who cannot see it
    Flip flip = Flip::none;
    CornerRadii corner_radii{};
    std::optional<Stroke> stroke;
    bool operator==(const ImageContent&) const = default;
};

struct ShapeContent {
    Outline outline;
    Paint fill;
    std::optional<Stroke> stroke;
    bool operator==(const ShapeContent&) const = default;
};

struct GroupContent {
    std::vector<Layer> layers;
    bool operator==(const GroupContent& other) const;
};

/// A picture that is made from a recipe; without an asset it is still to be made.
struct SmartImageContent {
    ImageContent image;
    Recipe recipe;
    bool operator==(const SmartImageContent&) const = default;
};

/// What a layer is for. Headline, subheadline, body, caption, cta, badge and logo are critical: they carry
/// the message, may not be lost in another format and may not cover each other.
enum class Role { headline, subheadline, body, caption, cta, badge, logo, hero, background, decoration };
bool is_critical(Role role);

struct Layer {
    std::string id;    ///< unique in the design, groups included
    std::string name;  ///< for people
    Role role = Role::decoration;
    Box box;
    double rotation = 0;  ///< 0 ≤ … < 360
    double opacity = 1;   ///< 0…1; of a group: of all of it
    Blend blend = Blend::normal;
    bool locked = false;  ///< an editor and an AI leave it alone
    bool visible = true;
    std::optional<Shadow> shadow;
    std::optional<Mask> mask;
    std::variant<TextContent, ImageContent, ShapeContent, GroupContent, SmartImageContent> content;
    bool operator==(const Layer&) const = default;
};
inline bool GroupContent::operator==(const GroupContent& other) const {
    return layers == other.layers;
}

// ---- The document

struct Meta {
    std::string title;
    std::string description;
    std::string purpose;   ///< what it is: "poster", "sale banner"
    std::string language;  ///< BCP 47
    std::vector<std::string> tags;
    bool operator==(const Meta&) const = default;
};

/// The picture lies on the fill and is as large as the canvas.
struct Background {
    Paint fill;
    std::optional<Picture> image;
    bool operator==(const Background&) const = default;
};

struct Canvas {
    int width = 1080, height = 1080;
    Background background;
    bool operator==(const Canvas&) const = default;
};

struct Brand {
    std::string name;
    Color primary, secondary, accent, background, text;
    std::string heading_font, body_font;
    std::string voice;
    std::optional<std::string> logo_asset_id;
    bool operator==(const Brand&) const = default;
};

/// A layer that no renderer knows, kept aside as it came.
struct Isolated {
    json::Value layer;
    std::string reason;
    bool operator==(const Isolated&) const = default;
};

struct Design {
    Meta meta;
    Canvas canvas;
    Brand brand;
    std::vector<Layer> layers;
    std::vector<Isolated> isolated;
    bool operator==(const Design&) const = default;
};

/// A value that fits the schema and its rules (schema/check.hpp). Error: validation_failed with every wrong
/// place.
Result<Design> parse_design(const json::Value& value);

/// The canonical form: parse_design(to_json(d)) == d, and to_json(parse_design(v)) == v for every valid v.
json::Value to_json(const Design& design);

/// A design's member `brand`, alone. What is read must fit the schema.
json::Value to_json(const Brand& brand);
Brand read_brand(const json::Value& value);

}  // namespace atelier::design
