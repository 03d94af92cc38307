#pragma once
// The holistic context of a picture: what a model has to know of a design to make a picture that belongs into
// it.

#include <string_view>

#include "common/design/model/design.hpp"

namespace atelier::design {

/// All six parts, none empty, told from the design: its title and purpose, its lightness and colours, the
/// layers nearest to the picture, the brand's colours, the picture's place, its tags. Deterministic. A
/// `layer_id` that is unknown gives the context of a picture that fills the canvas.
HolisticContext build_context(const Design& design, std::string_view layer_id);

}  // namespace atelier::design
