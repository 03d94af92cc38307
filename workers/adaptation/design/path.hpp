#pragma once
// Private to design/: outlines as lines and curves that every output can draw.

#include <string>
#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::adaptation::design_render {

struct Segment {
    enum class Kind { move, line, curve, close };
    Kind kind = Kind::close;
    design::Point a, b, end;  ///< a, b: control points of a curve
};
/// Filled by the even-odd rule.
using Path = std::vector<Segment>;

Path path_of(const design::Outline& outline, const design::Box& box);
Path rounded_rectangle(const design::Box& box, const design::CornerRadii& radii);
Path ellipse(const design::Box& box);

/// As the `d` of an SVG path.
std::string svg_data(const Path& path);

/// A picture whose place is still empty: a calm ground with a small landscape, back to front.
struct PaintedPath {
    Path path;
    design::Color color;
};
std::vector<PaintedPath> placeholder(double width, double height, const design::CornerRadii& radii);

}  // namespace atelier::adaptation::design_render
