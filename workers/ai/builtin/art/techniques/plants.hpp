#pragma once
// Plants by curves. All are drawn from the origin along +x, `length` pixels long, in shades of one colour.

#include <cairo.h>

#include "workers/ai/builtin/art/random.hpp"
#include "workers/ai/builtin/color/oklab.hpp"

namespace atelier::ai::builtin::art {

enum class LeafShape { pointed, round, slender };

/// A stem that bends to `bend` × length at its end, with leaves in pairs.
void draw_sprig(cairo_t* cairo, Random& random, double length, double bend, Oklab color, LeafShape shape);
/// A palm's frond.
void draw_palm(cairo_t* cairo, Random& random, double length, double bend, Oklab color);
/// A large leaf with cuts.
void draw_monstera(cairo_t* cairo, Random& random, double length, Oklab color);
/// About the origin; `radius` to the tips of its petals.
void draw_flower(cairo_t* cairo, Random& random, double radius, Oklab petals, Oklab heart);

}  // namespace atelier::ai::builtin::art
