#include "common/design/fabric/frame.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/design/fabric/kinds.hpp"

namespace atelier::design::fabric {
namespace {

using json::Value;

constexpr double kFarthest = 1e6;

double member(const Value& object, std::string_view key, double fallback) {
    return number_of(object[key], fallback);
}

/// `left`, `center`, `bottom`, …, or a fraction.
double read_origin(const Value& origin, int major) {
    if (origin.is_number()) return number_of(origin);
    const std::string& word = origin.as_string();
    if (word == "left" || word == "top") return 0;
    if (word == "right" || word == "bottom") return 1;
    return word == "center" || major >= 7 ? 0.5 : 0;
}

}  // namespace

Value number(double value) {
    const double rounded = std::round(value * 1e4) / 1e4;
    if (rounded == std::floor(rounded) && std::abs(rounded) < 1e15) return static_cast<std::int64_t>(rounded);
    return rounded;
}

double neat(double value) {
    if (!std::isfinite(value)) return 0;
    const double rounded = std::round(std::clamp(value, -1e9, 1e9) * 1000) / 1000;
    return rounded == 0 ? 0 : rounded;
}

double number_of(const Value& value, double fallback) {
    const double out = value.as_double(fallback);
    return value.is_number() && std::isfinite(out) ? std::clamp(out, -kFarthest, kFarthest) : fallback;
}

Point turn(Point vector, double degrees) {
    if (degrees == 0) return vector;
    const double radians = degrees * std::numbers::pi / 180;
    const double c = std::cos(radians), s = std::sin(radians);
    return {vector.x * c - vector.y * s, vector.x * s + vector.y * c};
}

Point Frame::place_of(Point at) const {
    const double outer_x = scaled_width() + stroke * (is_stroke_scaled ? scale_x : 1);
    const double outer_y = scaled_height() + stroke * (is_stroke_scaled ? scale_y : 1);
    // The origin is a point of the object with its stroke, `at` one of the object without.
    const Point from_middle{(at.x - 0.5) * scaled_width() - (origin.x - 0.5) * outer_x,
                            (at.y - 0.5) * scaled_height() - (origin.y - 0.5) * outer_y};
    const Point turned = turn(from_middle, angle);
    return {anchor.x + turned.x, anchor.y + turned.y};
}

bool Frame::is_skewed() const {
    return std::abs(skew_x) > 0.01 || std::abs(skew_y) > 0.01;
}

Frame read_frame(const Value& object, int major) {
    Frame out;
    out.anchor = {member(object, "left", 0), member(object, "top", 0)};
    out.origin = {read_origin(object["originX"], major), read_origin(object["originY"], major)};
    out.width = std::max(0.0, member(object, "width", 0));
    out.height = std::max(0.0, member(object, "height", 0));
    const double scale_x = member(object, "scaleX", 1), scale_y = member(object, "scaleY", 1);
    out.scale_x = std::abs(scale_x);
    out.scale_y = std::abs(scale_y);
    out.flip_x = object["flipX"].as_bool() != (scale_x < 0);
    out.flip_y = object["flipY"].as_bool() != (scale_y < 0);
    out.angle = member(object, "angle", 0);
    out.skew_x = member(object, "skewX", 0);
    out.skew_y = member(object, "skewY", 0);
    out.is_stroke_scaled = !object["strokeUniform"].as_bool();
    // A stroke's width counts even where no stroke is painted. Fabric may leave out what is its default.
    const Kind kind = kind_of(object);
    out.stroke =
        std::max(0.0, member(object, "strokeWidth", kind == Kind::image || kind == Kind::group ? 0 : 1));
    return out;
}

void set_place(Value& object, std::string_view origin_x, std::string_view origin_y, Point anchor,
               double angle) {
    object.set("originX", origin_x)
        .set("originY", origin_y)
        .set("left", number(anchor.x))
        .set("top", number(anchor.y))
        .set("angle", number(angle));
}

}  // namespace atelier::design::fabric
