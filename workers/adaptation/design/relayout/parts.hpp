#pragma once
// Private to design/: what the layers of a design are to its layout.

#include <vector>

#include "common/design/model/design.hpp"
#include "workers/adaptation/design/relayout/scaled.hpp"

namespace atelier::adaptation::design_render {

enum class Kind {
    hidden,
    ground,  ///< covers the canvas, or frames it
    unit,    ///< carries a part of the message: a critical text, group or logo
    pinned,  ///< a badge or logo that sits on the art
    detail,  ///< a small decoration that belongs to units: a rule, a tick, a plate
    art,     ///< pictures and decoration that make the image
};

/// Edges of the canvas, or of a card that fills it, that a layer reaches.
struct Edges {
    bool left = false, top = false, right = false, bottom = false;
    bool spans_x() const { return left && right; }
    bool spans_y() const { return top && bottom; }
    int count() const { return left + top + right + bottom; }
};

struct Part {
    std::size_t index = 0;  ///< in Design::layers
    Kind kind = Kind::art;
    design::Role role = design::Role::decoration;  ///< the most important one in it
    design::Box bounds;                            ///< upright, on the canvas, not cut off by it
    Edges edges;
    LetterSizes letters;
    /// May be stretched in one direction only and still look as meant.
    bool is_elastic = false;
};

/// What lies on the canvas: all of it, or the card that fills it up to a margin.
design::Box sheet_of(const design::Design& design);

std::vector<Part> parts_of(const design::Design& design);

/// Whether any of `a` and `b` is common.
bool do_touch(const design::Box& a, const design::Box& b);
bool holds(const design::Box& outer, const design::Box& inner);

/// Letters smaller than this are hard to read on a canvas of this size, pixels: a poster is seen from farther
/// than a banner, and nothing below 9 pixels is read at all.
double least_letters(double width, double height);

}  // namespace atelier::adaptation::design_render
