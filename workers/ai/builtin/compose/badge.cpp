// The offer as a disc, a star or a tag.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {

bool Sheet::badge(design::Point middle, double diameter, const Surface& surface, double turn) {
    if (copy.badge.empty() || diameter < 20) return false;
    const bool is_star = dice.chance(0.45);
    design::Layer group;
    group.name = "Badge";
    group.id = id_for(group.name);
    group.role = design::Role::badge;
    group.box = {middle.x - diameter / 2, middle.y - diameter / 2, diameter, diameter};
    group.rotation = std::fmod(turn + 360, 360);

    design::Layer plate;
    plate.name = "Badge plate";
    plate.id = id_for(plate.name);
    plate.box = {0, 0, diameter, diameter};
    design::ShapeContent shape;
    shape.outline.kind = is_star ? design::ShapeKind::polygon : design::ShapeKind::ellipse;
    if (is_star) shape.outline.points = star_points(16, 0.1);
    shape.fill = solid(surface.button);
    plate.content = std::move(shape);

    // As many lines as make the words largest in the disc's inner square.
    const double room = diameter * (is_star ? 0.64 : 0.7);
    TextSpec spec;
    spec.face = type.heading;
    spec.face.line_height = std::max(0.95, type.heading.line_height * 0.95);
    for (int count = 1; count <= 3; ++count) {
        const Lines& broken = metrics.balanced(spec.face, copy.badge, count);
        if (int(broken.lines.size()) < count) break;
        const double size =
            std::min(room / std::max(0.1, broken.width), room / (count * spec.face.line_height));
        if (size > spec.size || count == 1) spec.size = size, spec.breaks = broken.lines;
    }
    spec.size = std::floor(spec.size * 0.96 * 10) / 10;
    spec.text = copy.badge;
    spec.name = "Badge words";
    spec.role = design::Role::badge;
    spec.align = design::Align::center;
    spec.vertical = design::VerticalAlign::middle;
    spec.box = {diameter * 0.1, diameter * 0.1, diameter * 0.8, diameter * 0.8};
    spec.fill = solid(surface.on_button);
    design::GroupContent content;
    content.layers.push_back(std::move(plate));
    content.layers.push_back(text_layer(*this, spec));
    group.content = std::move(content);
    const design::Box box = group.box;
    add(std::move(group));
    placed({design::Role::badge, "Badge", box, spec.size, int(spec.breaks.size()), design::Align::center,
            design::contrast(surface.on_button, surface.button)});
    return true;
}

}  // namespace atelier::ai::builtin::layout
