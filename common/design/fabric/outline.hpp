#pragma once
// Private to fabric/: outlines as Rect, Ellipse, Polygon and Path objects, and clip paths made of them.

#include <optional>

#include "common/design/fabric/frame.hpp"

namespace atelier::design::fabric {

/// An outline in its box: where the object's own corner lies in it (an outline of points may be smaller than
/// its box) and the object's type, size and form. Without a place.
struct OutlineObject {
    json::Value object;
    Box extent;  ///< the object's own box, measured from the corner of the outline's box
};
/// `unit` is what a pixel of the outline is in the object's own lengths.
OutlineObject outline_object(const Outline& outline, double width, double height, Point unit = {1, 1});

/// What an object's form says, in the box that its frame gives. Nothing for forms that no outline is (arcs,
/// open paths, paths of several parts, lines).
std::optional<Outline> read_outline(const json::Value& object, const Frame& frame);

/// The two things of a layer that cut it, both measured from the corner of its box.
struct Clip {
    std::optional<Mask> mask;
    std::optional<Outline> corners;  ///< of the whole box
    bool operator==(const Clip&) const = default;
};
/// How a point of the layer's box is seen by a clip path of its object.
struct ClipSpace {
    Point middle;  ///< of the object, measured from the corner of the layer's box
    double scale_x = 1, scale_y = 1;
    bool flip_x = false, flip_y = false;
    double width = 0, height = 0;  ///< of the layer's box
};
/// Null where nothing is cut.
json::Value clip_json(const Clip& clip, const ClipSpace& space);
/// A clip path that an editor made, as a mask. Nothing for inverted ones, for those fixed to the canvas,
/// turned ones, and forms that no outline is.
std::optional<Mask> read_clip(const json::Value& clip, const ClipSpace& space, int major);

/// Radii as they are painted: two that exceed a side shrunk in proportion.
CornerRadii painted_radii(const CornerRadii& radii, double width, double height);

}  // namespace atelier::design::fabric
