#include "common/design/constraints/scene.hpp"

#include <algorithm>
#include <cmath>

#include "common/json/pointer.hpp"

namespace atelier::design {
namespace {

constexpr double kPi = 3.14159265358979323846;

Transform transform_of(const Layer& layer) {
    const double angle = layer.rotation * kPi / 180, cos = std::cos(angle), sin = std::sin(angle);
    const double w = layer.box.width / 2, h = layer.box.height / 2;
    const Point middle = layer.box.middle();
    return {cos, sin, -sin, cos, middle.x - cos * w + sin * h, middle.y - sin * w - cos * h};
}

void flatten_list(const std::vector<Layer>& layers, const std::string& list, const Item& around,
                  std::vector<Item>& out) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[i];
        Item item = around;
        item.layer = &layer;
        item.pointer = json::pointer_to(list, i);
        item.to_canvas = around.to_canvas.after(transform_of(layer));
        item.opacity = around.opacity * layer.opacity;
        item.is_visible = around.is_visible && layer.visible && item.opacity > 0;
        out.push_back(item);
        const GroupContent* group = item.group();
        if (!group) continue;
        item.is_top = false;
        item.is_straight = around.is_straight && layer.rotation == 0;
        if (!item.critical_group && is_critical(layer.role)) item.critical_group = &layer;
        flatten_list(group->layers, item.pointer + "/layers", item, out);
    }
}

/// Whether a line between the two, square to an edge of `a`, keeps them apart.
bool has_separating_edge(const Quad& a, const Quad& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        const Point from = a[i], to = a[(i + 1) % a.size()];
        const Point axis{from.y - to.y, to.x - from.x};
        const auto span = [&](const Quad& quad) {
            std::array<double, 4> places{};
            std::transform(quad.begin(), quad.end(), places.begin(),
                           [&](Point p) { return p.x * axis.x + p.y * axis.y; });
            return std::pair(*std::min_element(places.begin(), places.end()),
                             *std::max_element(places.begin(), places.end()));
        };
        const auto [a_low, a_high] = span(a);
        const auto [b_low, b_high] = span(b);
        if (a_high <= b_low || b_high <= a_low) return true;
    }
    return false;
}

bool is_in_rounded(const CornerRadii& radii, const Box& box, Point p) {
    const double longest = std::min(box.width, box.height) / 2;
    const bool is_left = p.x < box.width / 2, is_top = p.y < box.height / 2;
    const double radius = std::min(longest, radii[is_top ? (is_left ? 0 : 1) : (is_left ? 3 : 2)]);
    const double dx = radius - std::min(p.x, box.width - p.x), dy = radius - std::min(p.y, box.height - p.y);
    return dx <= 0 || dy <= 0 || dx * dx + dy * dy <= radius * radius;
}

/// Even-odd rule.
bool is_in_polygon(const std::vector<Point>& points, double x, double y) {
    bool inside = false;
    for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++) {
        const Point a = points[i], b = points[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
}

}  // namespace

Point Transform::unapply(Point p) const {
    const double determinant = a * d - b * c;
    if (determinant == 0) return p;
    const double x = p.x - e, y = p.y - f;
    return {(d * x - c * y) / determinant, (a * y - b * x) / determinant};
}

Transform Transform::after(const Transform& t) const {
    const Point origin = apply({t.e, t.f});
    return {a * t.a + c * t.b, b * t.a + d * t.b, a * t.c + c * t.d, b * t.c + d * t.d, origin.x, origin.y};
}

Quad Item::quad(const Box& local) const {
    return {to_canvas.apply({local.x, local.y}), to_canvas.apply({local.right(), local.y}),
            to_canvas.apply({local.right(), local.bottom()}), to_canvas.apply({local.x, local.bottom()})};
}

std::vector<Item> flatten(const Design& design) {
    std::vector<Item> items;
    flatten_list(design.layers, "/layers", Item{}, items);
    return items;
}

Box text_box(const Layer& layer, const TextMeasurer& measurer) {
    const auto& text = std::get<TextContent>(layer.content);
    const double scale = rendered_scale(measurer, text, layer.box.width, layer.box.height);
    const TextExtent extent = measurer.measure(text, layer.box.width, scale);
    const double width = text.align == Align::justify ? layer.box.width : extent.width;
    const double free_x = layer.box.width - width, free_y = layer.box.height - extent.height;
    const double x = text.align == Align::right ? free_x : text.align == Align::center ? free_x / 2 : 0;
    const double y = text.vertical_align == VerticalAlign::bottom   ? free_y
                     : text.vertical_align == VerticalAlign::middle ? free_y / 2
                                                                    : 0;
    return {x, y, width, extent.height};
}

Box bounds_of(const Quad& quad) {
    const auto [left, right] = std::minmax({quad[0].x, quad[1].x, quad[2].x, quad[3].x});
    const auto [top, bottom] = std::minmax({quad[0].y, quad[1].y, quad[2].y, quad[3].y});
    return {left, top, right - left, bottom - top};
}

bool do_overlap(const Quad& a, const Quad& b) {
    return !has_separating_edge(a, b) && !has_separating_edge(b, a);
}

bool is_inside(const Outline& outline, const Box& box, Point p) {
    if (p.x < 0 || p.y < 0 || p.x > box.width || p.y > box.height) return false;
    const double x = p.x / box.width, y = p.y / box.height;
    if (outline.kind == ShapeKind::ellipse) return (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) <= 0.25;
    if (outline.kind == ShapeKind::polygon) return is_in_polygon(outline.points, x, y);
    return is_in_rounded(outline.corner_radii, box, p);
}

}  // namespace atelier::design
