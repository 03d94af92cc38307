#pragma once
// Private to fabric/: where a Fabric object lies and how large it is, and the numbers of its JSON.
//
// Fabric places an object by one point of it (`originX`, `originY`), turns it about its middle, and scales
// what its width and height say.

#include <string_view>

#include "common/design/model/design.hpp"

namespace atelier::design::fabric {

/// Rounded to four places, as Fabric exports; whole numbers without a fraction.
json::Value number(double value);

/// Rounded to a thousandth, as a design keeps what an editor changed; always finite.
double neat(double value);

/// A number of Fabric's JSON, within ±1,000,000. The fallback for all else.
double number_of(const json::Value& value, double fallback = 0);

/// A vector turned clockwise.
Point turn(Point vector, double degrees);

struct Frame {
    Point anchor;        ///< `left`, `top`: the point of the object that `origin` names, in its parent
    Point origin{0, 0};  ///< fractions of the object's size
    double width = 0;    ///< before scaling, without stroke
    double height = 0;
    double scale_x = 1;  ///< never negative: `flip_x` says that
    double scale_y = 1;
    double angle = 0;
    bool flip_x = false, flip_y = false;
    double skew_x = 0, skew_y = 0;
    double stroke = 0;              ///< part of the size that `origin` refers to
    bool is_stroke_scaled = false;  ///< not `strokeUniform`

    double scaled_width() const { return width * scale_x; }
    double scaled_height() const { return height * scale_y; }
    /// Where a point of the object lies in its parent; `at` in fractions of its size.
    Point place_of(Point at) const;
    Point middle() const { return place_of({0.5, 0.5}); }
    bool is_skewed() const;
};

/// `major` is the version of Fabric that wrote the object: before 7 its origin was the upper left corner
/// unless said otherwise, since then the middle.
Frame read_frame(const json::Value& object, int major);

/// Sets origin, position and angle. `anchor` as in Frame.
void set_place(json::Value& object, std::string_view origin_x, std::string_view origin_y, Point anchor,
               double angle);

}  // namespace atelier::design::fabric
