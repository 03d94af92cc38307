#pragma once
// Private to fabric/: a path as a polygon.

#include <optional>
#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::design::fabric {

/// The corners of a closed path of one part, its curves divided into at most 64 corners together. `path` is
/// what Fabric exports: lists of `M`, `L`, `C`, `Q` and `Z` with absolute coordinates. Nothing for other
/// paths.
std::optional<std::vector<Point>> flatten_path(const json::Value& path);

}  // namespace atelier::design::fabric
