#include "workers/ai/builtin/compose/mirror.hpp"

#include <cmath>
#include <utility>

namespace atelier::ai::builtin::layout {
namespace {

using design::Align;
using design::Layer;

void mirror(design::Paint& paint) {
    if (auto* linear = std::get_if<design::LinearPaint>(&paint))
        linear->angle = std::fmod(540 - linear->angle, 360);
    if (auto* radial = std::get_if<design::RadialPaint>(&paint)) radial->center.x = 1 - radial->center.x;
}

void mirror(design::CornerRadii& radii) {
    std::swap(radii[0], radii[1]);
    std::swap(radii[2], radii[3]);
}

void mirror(design::Outline& outline) {
    mirror(outline.corner_radii);
    for (design::Point& p : outline.points)
        p.x = 1 - p.x;
}

void mirror(Layer& layer, double width);

void mirror_content(Layer& layer) {
    if (auto* text = std::get_if<design::TextContent>(&layer.content)) {
        text->align = mirrored(text->align);
    } else if (auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        mirror(shape->outline);
        mirror(shape->fill);
    } else if (auto* image = std::get_if<design::ImageContent>(&layer.content)) {
        mirror(image->corner_radii);
    } else if (auto* smart = std::get_if<design::SmartImageContent>(&layer.content)) {
        mirror(smart->image.corner_radii);
        smart->image.picture.focus.x = 1 - smart->image.picture.focus.x;
    } else if (auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        for (Layer& child : group->layers)
            mirror(child, layer.box.width);
    }
}

void mirror(Layer& layer, double width) {
    layer.box.x = width - layer.box.right();
    layer.rotation = layer.rotation == 0 ? 0 : std::fmod(360 - layer.rotation, 360);
    if (layer.shadow) layer.shadow->x = -layer.shadow->x;
    if (layer.mask) {
        layer.mask->box.x = layer.box.width - layer.mask->box.right();
        mirror(layer.mask->outline);
    }
    mirror_content(layer);
}

}  // namespace

Align mirrored(Align align) {
    return align == Align::left ? Align::right : align == Align::right ? Align::left : align;
}

void mirror(design::Design& design) {
    mirror(design.canvas.background.fill);
    for (Layer& layer : design.layers)
        mirror(layer, design.canvas.width);
}

}  // namespace atelier::ai::builtin::layout
