#pragma once
// Private to design/: the pictures and decorations of a design as one image that goes to another place.

#include <vector>

#include "workers/adaptation/design/relayout/mapping.hpp"

namespace atelier::adaptation::design_render {

struct Art {
    design::Box bounds;  ///< of all its parts, cut off by the sheet
    Edges edges;         ///< that any of them reaches
    std::vector<Part> parts;
    std::vector<Part> pinned;
};

/// Everything that is no message and no ground.
Art art_of(const std::vector<Part>& parts, const design::Box& sheet);

/// Into `region`: panels and photographs fill it as they filled their place, the rest keeps its shape.
/// `sheet` is the new one. Badges on it keep letters of at least `least` pixels.
double map_art(design::Design& design, const Art& art, const design::Box& region, const design::Box& sheet,
               double least);

}  // namespace atelier::adaptation::design_render
