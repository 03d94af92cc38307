#pragma once
// A design with left and right changed; words and pictures still read the right way.

#include "common/design/model/design.hpp"

namespace atelier::ai::builtin::layout {

void mirror(design::Design& design);
design::Align mirrored(design::Align align);

}  // namespace atelier::ai::builtin::layout
