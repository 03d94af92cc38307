#pragma once
// Private to fabric/: a layer as it was, and what an editor made of its object.

#include "common/design/fabric/object.hpp"

namespace atelier::design::fabric {

/// Where a plane that Fabric measures from its middle has its corner: half a group's size, before and after.
struct Plane {
    Point before, after;
};

/// Takes over every change of the object itself, into the plane after. The layers of a group are the
/// caller's. False where the object is of another kind than the layer.
bool merge_layer(Layer& layer, const Making& making, const json::Value& after, int major, const Plane& plane,
                 std::vector<std::string>& losses);

/// Everything in it as much larger, its place included: what a group's scale does to its layers.
void scale_layer(Layer& layer, double x, double y);

/// Opacity, visibility, blending, locks and shadow where the object does not say what was written.
void merge_common(Layer& layer, const json::Value& before, const json::Value& after, const Frame& frame,
                  std::vector<std::string>& losses);

}  // namespace atelier::design::fabric
