#pragma once
// Private to constraints/: a design flattened into what is painted where.

#include <string>
#include <vector>

#include "common/design/model/design.hpp"
#include "common/design/text/measure.hpp"

namespace atelier::design {

/// x' = a·x + c·y + e, y' = b·x + d·y + f
struct Transform {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    Point apply(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
    /// Where it is the inverse of nothing (never: layers only turn and move) the point itself.
    Point unapply(Point p) const;
    Transform after(const Transform& inner) const;
};

using Quad = std::array<Point, 4>;

struct Item {
    const Layer* layer = nullptr;
    std::string pointer;
    Transform to_canvas;  ///< from the corner of the layer's box
    double opacity = 1;   ///< all groups around it included
    bool is_visible = true;
    bool is_straight = true;                ///< no group around it is turned
    bool is_top = true;                     ///< in no group
    const Layer* critical_group = nullptr;  ///< the outermost group around it that is critical as a whole

    const TextContent* text() const { return std::get_if<TextContent>(&layer->content); }
    const GroupContent* group() const { return std::get_if<GroupContent>(&layer->content); }
    /// A text that people shall read.
    bool is_message() const { return is_visible && text() && layer->role <= Role::logo; }
    Quad quad(const Box& local) const;
};

/// In the order of painting; a group stands before what is in it. Points into the design, which must outlive
/// it.
std::vector<Item> flatten(const Design& design);

/// What the text itself takes of its layer's box, measured from the box's corner.
Box text_box(const Layer& layer, const TextMeasurer& measurer);

Box bounds_of(const Quad& quad);
/// Convex quadrilaterals that share more than an edge (separating axes).
bool do_overlap(const Quad& a, const Quad& b);
/// A point measured from the corner of the outline's box.
bool is_inside(const Outline& outline, const Box& box, Point point);

}  // namespace atelier::design
