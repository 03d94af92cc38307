#pragma once
// The one thing that the picture is about: product, animal, person. No network of its own; thread-safe, no
// shared state.
//
// Three maps are averaged at 256 px: distance in Lab from the dominant colours of the picture's border
// (objects seldom touch the border: Wei et al., "Geodesic Saliency Using Background Priors", 2012),
// centre-surround contrast by integral images over several scales (after Montabone & Soto, "Human detection
// using a mobile platform and novel features derived from a visual saliency mechanism", 2010), and the person
// mask. Otsu's threshold splits the mean; GrabCut (Rother et al., 2004) settles the outline of the main
// connected region. Confidence falls where the region is scattered, hugs the border or hardly stands out, and
// rises on a plain ground, so a landscape has no subject or an uncertain one.

#include <optional>

#include "common/elements/element.hpp"
#include "workers/imaging/pixels.hpp"
#include "workers/vision/person_segmenter.hpp"

namespace atelier::vision {

/// Kind product (the mask cannot tell people from animals and cups). Nothing below a confidence of 0.2.
Result<std::optional<elements::Element>> find_subject(const imaging::Pixels& picture,
                                                      const PersonMask& people);

}  // namespace atelier::vision
