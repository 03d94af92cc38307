#include "workers/adaptation/design/scene.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/model/boxes.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;
using design::Point;

constexpr double kDegree = 3.14159265358979323846 / 180;

Box grown(const Box& box, double by) {
    return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

/// A mitre reaches at most twice the stroke's width beyond a corner.
double reach_of(const std::optional<design::Stroke>& stroke, bool has_corners) {
    return stroke ? stroke->width * (has_corners ? 2 : 0.5) : 0;
}

Box with_shadow(const Layer& layer, const Box& bounds, double turn) {
    if (!layer.shadow) return bounds;
    const Point offset = shadow_offset(*layer.shadow, turn);
    const Box cast = grown(bounds, shadow_reach(*layer.shadow) + 1);
    return joined(bounds, {cast.x + offset.x, cast.y + offset.y, cast.width, cast.height});
}

}  // namespace

Box turned(const Layer& layer, const Box& local) {
    const double cos = std::cos(layer.rotation * kDegree), sin = std::sin(layer.rotation * kDegree);
    const Point middle = layer.box.middle();
    const double cx = layer.box.x + local.middle().x - middle.x,
                 cy = layer.box.y + local.middle().y - middle.y;
    const double w = std::abs(local.width * cos) + std::abs(local.height * sin);
    const double h = std::abs(local.width * sin) + std::abs(local.height * cos);
    return {middle.x + cx * cos - cy * sin - w / 2, middle.y + cx * sin + cy * cos - h / 2, w, h};
}

Point shadow_offset(const design::Shadow& shadow, double turn) {
    const double cos = std::cos(turn * kDegree), sin = std::sin(turn * kDegree);
    return {shadow.x * cos + shadow.y * sin, -shadow.x * sin + shadow.y * cos};
}

const design::ImageContent* image_of(const Layer& layer) {
    if (const auto* image = std::get_if<design::ImageContent>(&layer.content)) return image;
    if (const auto* smart = std::get_if<design::SmartImageContent>(&layer.content)) return &smart->image;
    return nullptr;
}

const design::Paint& fill_of(const design::TextContent& text, std::size_t run) {
    return text.runs[run].fill ? *text.runs[run].fill : text.style.fill;
}

bool is_isolated(const Layer& layer) {
    const bool is_group = std::holds_alternative<design::GroupContent>(layer.content);
    return layer.opacity < 1 || layer.blend != design::Blend::normal ||
           (is_group && (layer.mask || layer.shadow));
}

const design::SetText& Scene::text(const Layer& layer) const {
    const auto found = texts_.find(&layer);
    if (found != texts_.end()) return found->second;
    return texts_
        .emplace(&layer, design::set_text(std::get<design::TextContent>(layer.content), layer.box.width,
                                          layer.box.height))
        .first->second;
}

Box Scene::bounds(const Layer& layer) const {
    Box out{0, 0, layer.box.width, layer.box.height};
    if (const auto* content = std::get_if<design::TextContent>(&layer.content)) {
        out = grown(text(layer).ink(), reach_of(content->stroke, false) + 1);
    } else if (const auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        out = grown(out, reach_of(shape->stroke, true));
    } else if (const auto* image = image_of(layer)) {
        out = grown(out, reach_of(image->stroke, true));
    } else if (const auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        out = {};
        // The turn of the groups around is not known here; a shadow reaches at most this far to every side.
        for (const Layer& child : group->layers) {
            if (!child.visible) continue;
            const double fall = child.shadow ? std::hypot(child.shadow->x, child.shadow->y) : 0;
            const double cast = child.shadow ? fall + shadow_reach(*child.shadow) + 1 : 0;
            out = joined(out, turned(child, grown(bounds(child), cast)));
        }
    }
    return layer.mask ? clipped(out, layer.mask->box) : out;
}

Box Scene::bounds_with_shadow(const Layer& layer, double turn) const {
    return with_shadow(layer, bounds(layer), turn);
}

}  // namespace atelier::adaptation::design_render
