#pragma once
// Private to fabric/: how far Fabric sets lines of joined scripts aside.
//
// Fabric measures a line letter by letter, each beside the one before, and sets it by that width. Arabic
// letters take other forms in a word, so its lines are wider or narrower than Fabric thinks, and those in the
// middle or on the left land beside their place.

#include "common/design/text/measure.hpp"

namespace atelier::design::fabric {

/// Pixels by which the block has to move to the right so that its lines lie where the design has them, on
/// average. 0 for texts without joined scripts, for long ones, and where Fabric needs no width.
double aside_of(const TextContent& text, double width, double scale, const TextMeasurer& measurer);

/// Letters of joined scripts: Arabic and its neighbours, and those of India.
bool is_joined(char32_t character);

}  // namespace atelier::design::fabric
