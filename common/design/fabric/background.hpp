#pragma once
// Private to fabric/: what lies behind all objects of a canvas.

#include "common/design/fabric/fabric.hpp"

namespace atelier::design::fabric {

/// Sets `background` and `backgroundImage`. Gives what the latter was made with, for `atelier` of the canvas.
json::Value set_background(json::Value& out, const Canvas& canvas, const FabricPictures& pictures);

/// Takes over what an editor changed in both. What a design cannot say is named in `losses`.
void merge_background(Canvas& canvas, const json::Value& after, int major, std::vector<std::string>& losses);

}  // namespace atelier::design::fabric
