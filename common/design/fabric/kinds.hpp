#pragma once
// Private to fabric/: which kind of object a `type` names. Fabric wrote them in small letters before
// version 6.

#include "common/json/value.hpp"

namespace atelier::design::fabric {

enum class Kind {
    text,
    image,
    rect,
    circle,
    ellipse,
    triangle,
    polygon,
    polyline,
    line,
    path,
    group,
    unknown
};

Kind kind_of(const json::Value& object);
/// Text that breaks its lines by itself: a Textbox.
bool wraps(const json::Value& object);

}  // namespace atelier::design::fabric
