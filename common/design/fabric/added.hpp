#pragma once
// Private to fabric/: objects that an editor added, as layers.

#include "common/design/fabric/frame.hpp"

namespace atelier::design::fabric {

/// Measured from where the object is; a group comes without its layers. Nothing for what no layer is;
/// `losses` then says why. Its id is the object's own, or empty.
std::optional<Layer> read_added(const json::Value& object, int major, std::vector<std::string>& losses);

}  // namespace atelier::design::fabric
