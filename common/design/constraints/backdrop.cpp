#include <algorithm>
#include <cmath>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

constexpr double kPi = 3.14159265358979323846;

Color color_of(const std::vector<Stop>& stops, double at) {
    if (stops.empty()) return {};
    if (at <= stops.front().offset) return stops.front().color;
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (at > stops[i].offset) continue;
        const double length = stops[i].offset - stops[i - 1].offset;
        return mix(stops[i - 1].color, stops[i].color, length > 0 ? (at - stops[i - 1].offset) / length : 1);
    }
    return stops.back().color;
}

bool is_hidden_by_mask(const Item& item, Point local) {
    if (!item.layer->mask) return false;
    const Mask& mask = *item.layer->mask;
    return !is_inside(mask.outline, mask.box, {local.x - mask.box.x, local.y - mask.box.y});
}

/// What lies over a picture with this alpha lets the rest of it through.
void paint_unknown(Backdrop& backdrop, double alpha) {
    backdrop.unknown = 1 - (1 - backdrop.unknown) * (1 - alpha);
}

void paint_item(Backdrop& backdrop, const Item& item, Point point) {
    const Layer& layer = *item.layer;
    const Point local = item.to_canvas.unapply(point);
    if (local.x < 0 || local.y < 0 || local.x > layer.box.width || local.y > layer.box.height) return;
    if (is_hidden_by_mask(item, local)) return;
    if (const auto* shape = std::get_if<ShapeContent>(&layer.content)) {
        if (!is_inside(shape->outline, layer.box, local)) return;
        const Color color = color_at(shape->fill, layer.box.width, layer.box.height, local);
        const double alpha = color.a / 255.0 * item.opacity;
        if (layer.blend != Blend::normal) return paint_unknown(backdrop, alpha);
        backdrop.color = over(color, backdrop.color, item.opacity);
        backdrop.unknown *= 1 - alpha;
    } else if (!item.text() && !item.group()) {
        paint_unknown(backdrop, item.opacity);
    }
}

}  // namespace

Color color_at(const Paint& paint, double width, double height, Point p) {
    if (const auto* linear = std::get_if<LinearPaint>(&paint)) {
        const double cos = std::cos(linear->angle * kPi / 180), sin = std::sin(linear->angle * kPi / 180);
        const double length = std::abs(width * cos) + std::abs(height * sin);
        const double along = (p.x - width / 2) * cos + (p.y - height / 2) * sin;
        return color_of(linear->stops, length > 0 ? along / length + 0.5 : 0);
    }
    if (const auto* radial = std::get_if<RadialPaint>(&paint)) {
        const double dx = p.x - radial->center.x * width, dy = p.y - radial->center.y * height;
        return color_of(radial->stops, std::hypot(dx, dy) / (radial->radius * std::max(width, height)));
    }
    return std::get<SolidPaint>(paint).color;
}

Backdrop backdrop_at(const Design& design, const std::vector<Item>& items, std::size_t until, Point point) {
    const Canvas& canvas = design.canvas;
    Backdrop backdrop;
    backdrop.color =
        over(color_at(canvas.background.fill, canvas.width, canvas.height, point), {255, 255, 255, 255});
    if (canvas.background.image) backdrop.unknown = 1;
    for (std::size_t i = 0; i < until; ++i)
        if (items[i].is_visible) paint_item(backdrop, items[i], point);
    return backdrop;
}

}  // namespace atelier::design
