#pragma once
// A design takes a brand's colours, fonts and logo.

#include "common/design/model/design.hpp"

namespace atelier::design {

/// The design with `brand` as its brand. What wore the old brand's colours and fonts wears the new one's:
/// each colour that equals one of the old five (alpha aside, which stays) becomes the new colour of that
/// part, each text in the old heading or body font takes the new one, and layers that showed the old logo, or
/// are a logo's empty place, show the new one where there is one. All else stays as it is. Pure.
///
/// A colour that the old brand has in two parts counts as the first of primary, secondary, accent,
/// background, text; where both fonts were the same, headline, subheadline, call to action and badge take the
/// new heading font. What can be read on what may change: validate the result.
Design dress(Design design, const Brand& brand);

}  // namespace atelier::design
