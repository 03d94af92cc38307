#include "workers/adaptation/design/relayout/parts.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;
using design::Role;

bool is_plain_shape(const Layer& layer) {
    const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
    return shape && shape->outline.kind != design::ShapeKind::ellipse;
}

bool is_picture(const Layer& layer) {
    return std::holds_alternative<design::ImageContent>(layer.content) ||
           std::holds_alternative<design::SmartImageContent>(layer.content);
}

/// The most important role of what is read in the layer; decoration when nothing is.
Role message_role(const Layer& layer) {
    if (design::is_critical(layer.role)) return layer.role;
    Role best = Role::decoration;
    if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
        for (const Layer& child : group->layers)
            if (child.visible) best = std::min(best, message_role(child));
    return best;
}

Edges edges_of(const Box& b, const Box& sheet) {
    constexpr double kUnseen = 1;
    return {b.x <= sheet.x + kUnseen, b.y <= sheet.y + kUnseen, b.right() >= sheet.right() - kUnseen,
            b.bottom() >= sheet.bottom() - kUnseen};
}

bool is_painted(const design::Paint& paint) {
    const auto* solid = std::get_if<design::SolidPaint>(&paint);
    return !solid || solid->color.a > 0;
}

/// Covers nearly everything, or runs along all four edges within a twelfth of the canvas.
bool is_ground(const Box& b, const Box& canvas) {
    const double margin = std::min(canvas.width, canvas.height) / 12;
    return b.x <= margin && b.y <= margin && b.right() >= canvas.width - margin &&
           b.bottom() >= canvas.height - margin;
}

bool overlap_along(double a, double a_end, double b, double b_end, double share) {
    const double common = std::min(a_end, b_end) - std::max(a, b);
    return common > share * std::min(a_end - a, b_end - b);
}

/// A rule, a tick or a bar beside or between units.
bool is_small(const Box& b, const Box& canvas) {
    return b.area() < canvas.area() * 0.012 ||
           std::min(b.width / canvas.width, b.height / canvas.height) < 0.012;
}

/// A plate under some units and little else.
bool is_plate(const Part& part, const std::vector<Part>& parts, const Box& canvas) {
    if (part.edges.count() > 1 || part.bounds.area() > canvas.area() * 0.45) return false;
    double held = 0;
    for (const Part& other : parts)
        if (other.kind == Kind::unit && other.role != Role::headline && holds(part.bounds, other.bounds))
            held += other.bounds.area();
    return held > part.bounds.area() * 0.12;
}

bool is_beside_unit(const Part& part, const std::vector<Part>& parts, const Box& canvas) {
    const double reach = canvas.width * 0.05;
    return std::any_of(parts.begin(), parts.end(), [&](const Part& other) {
        const Box &a = part.bounds, &b = other.bounds;
        return other.kind == Kind::unit && overlap_along(a.y, a.bottom(), b.y, b.bottom(), 0.5) &&
               a.x < b.right() + reach && b.x < a.right() + reach;
    });
}

/// Between two units, as wide as they: a rule.
bool is_among_units(const Part& part, const std::vector<Part>& parts, const Box& canvas) {
    const double reach = canvas.height * 0.08;
    return std::any_of(parts.begin(), parts.end(), [&](const Part& other) {
        const Box &a = part.bounds, &b = other.bounds;
        return other.kind == Kind::unit && overlap_along(a.x, a.right(), b.x, b.right(), 0.3) &&
               a.y < b.bottom() + reach && b.y < a.bottom() + reach;
    });
}

Part part_of(const Layer& layer, std::size_t index, const Box& canvas, const Box& sheet) {
    Part part;
    part.index = index;
    part.bounds = taken(layer);
    part.edges = edges_of(part.bounds, sheet);
    part.letters = letter_sizes(layer);
    part.role = message_role(layer);
    part.is_elastic = layer.rotation == 0 && !layer.mask && (is_plain_shape(layer) || is_picture(layer));
    if (!layer.visible || layer.opacity <= 0)
        part.kind = Kind::hidden;
    else if (design::is_critical(part.role))
        part.kind = Kind::unit;
    else if (layer.rotation == 0 && is_ground(part.bounds, canvas))
        part.kind = Kind::ground;
    return part;
}

/// A small piece of a larger picture made of shapes.
bool is_on_art(const Part& part, const std::vector<Part>& parts, const Box& canvas) {
    const Box near{part.bounds.x - 3, part.bounds.y - 3, part.bounds.width + 6, part.bounds.height + 6};
    return std::any_of(parts.begin(), parts.end(), [&](const Part& other) {
        return other.index != part.index && other.kind == Kind::art && !is_small(other.bounds, canvas) &&
               do_touch(near, other.bounds);
    });
}

/// A stripe along an edge, from edge to edge.
bool is_edge_stripe(const Part& part, const Box& canvas) {
    return part.edges.count() == 3 &&
           std::min(part.bounds.width / canvas.width, part.bounds.height / canvas.height) < 0.06;
}

Kind kind_of_shape(const Part& part, const std::vector<Part>& parts, const Box& canvas) {
    if (is_edge_stripe(part, canvas)) return Kind::ground;
    if (part.edges.count() > 1) return Kind::art;
    if (is_plate(part, parts, canvas)) return Kind::detail;
    const bool is_loose = is_small(part.bounds, canvas) && !is_on_art(part, parts, canvas);
    const bool belongs =
        is_loose && (is_beside_unit(part, parts, canvas) || is_among_units(part, parts, canvas));
    return belongs ? Kind::detail : Kind::art;
}

/// A badge on a picture or a panel goes where that goes.
void pin(std::vector<Part>& parts, const std::vector<Layer>& layers) {
    for (Part& part : parts) {
        const Layer& layer = layers[part.index];
        // A straight line of text stands in a column of text, not on the picture behind.
        const bool is_line =
            std::holds_alternative<design::TextContent>(layer.content) && layer.rotation == 0;
        const bool may_sit =
            part.kind == Kind::unit && !is_line && (part.role == Role::badge || part.role == Role::logo);
        const bool sits = may_sit && std::any_of(parts.begin(), parts.end(), [&](const Part& other) {
                              return other.index < part.index &&
                                     (other.kind == Kind::art || other.kind == Kind::ground) &&
                                     other.is_elastic && do_touch(part.bounds, other.bounds) &&
                                     other.bounds.area() > 1.5 * part.bounds.area();
                          });
        if (sits) part.kind = Kind::pinned;
    }
}

}  // namespace

bool do_touch(const Box& a, const Box& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool holds(const Box& outer, const Box& inner) {
    return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.right() <= outer.right() + 1 &&
           inner.bottom() <= outer.bottom() + 1;
}

double least_letters(double width, double height) {
    return std::max(9.0, 0.0115 * std::sqrt(width * height));
}

Box sheet_of(const design::Design& design) {
    const Box canvas{0, 0, double(design.canvas.width), double(design.canvas.height)};
    Box sheet = canvas;
    for (const Layer& layer : design.layers) {
        const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
        if (shape && layer.visible && layer.rotation == 0 && is_painted(shape->fill) &&
            is_ground(layer.box, canvas))
            sheet = clipped(layer.box, canvas);
    }
    return sheet;
}

std::vector<Part> parts_of(const design::Design& design) {
    const Box canvas{0, 0, double(design.canvas.width), double(design.canvas.height)};
    const Box sheet = sheet_of(design);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < design.layers.size(); ++i)
        parts.push_back(part_of(design.layers[i], i, canvas, sheet));
    pin(parts, design.layers);
    for (Part& part : parts) {
        if (part.kind != Kind::art) continue;
        const auto& content = design.layers[part.index].content;
        if (std::holds_alternative<design::TextContent>(content))
            part.kind = Kind::detail;
        else if (std::holds_alternative<design::ShapeContent>(content))
            part.kind = kind_of_shape(part, parts, canvas);
    }
    return parts;
}

}  // namespace atelier::adaptation::design_render
