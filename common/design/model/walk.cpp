#include "common/design/model/walk.hpp"

#include <algorithm>

namespace atelier::design {
namespace {

using Visit = std::function<void(Color&)>;

ImageContent* image_of(Layer& layer) {
    if (auto* smart = std::get_if<SmartImageContent>(&layer.content)) return &smart->image;
    return std::get_if<ImageContent>(&layer.content);
}

void visit_paint(Paint& paint, const Visit& visit) {
    if (auto* solid = std::get_if<SolidPaint>(&paint)) return visit(solid->color);
    auto* linear = std::get_if<LinearPaint>(&paint);
    for (Stop& stop : linear ? linear->stops : std::get<RadialPaint>(paint).stops)
        visit(stop.color);
}

void visit_stroke(std::optional<Stroke>& stroke, const Visit& visit) {
    if (stroke) visit(stroke->color);
}

void visit_text(TextContent& text, const Visit& visit) {
    for (Run& run : text.runs)
        if (run.fill) visit_paint(*run.fill, visit);
    visit_paint(text.style.fill, visit);
    visit_stroke(text.stroke, visit);
}

void visit_layer(Layer& layer, const Visit& visit) {
    if (layer.shadow) visit(layer.shadow->color);
    if (auto* text = std::get_if<TextContent>(&layer.content)) visit_text(*text, visit);
    if (auto* shape = std::get_if<ShapeContent>(&layer.content)) {
        visit_paint(shape->fill, visit);
        visit_stroke(shape->stroke, visit);
    }
    if (ImageContent* image = image_of(layer)) visit_stroke(image->stroke, visit);
    if (auto* smart = std::get_if<SmartImageContent>(&layer.content))
        for (Color& color : smart->recipe.context.brand_colors)
            visit(color);
}

}  // namespace

void for_each_layer(std::vector<Layer>& layers, const std::function<void(Layer&)>& visit) {
    for (Layer& layer : layers) {
        visit(layer);
        if (auto* group = std::get_if<GroupContent>(&layer.content)) for_each_layer(group->layers, visit);
    }
}

void for_each_picture(Design& design, const std::function<void(Picture&)>& visit) {
    if (design.canvas.background.image) visit(*design.canvas.background.image);
    for_each_layer(design.layers, [&](Layer& layer) {
        if (ImageContent* image = image_of(layer)) visit(image->picture);
    });
}

void for_each_color(Design& design, const std::function<void(Color&)>& visit) {
    visit_paint(design.canvas.background.fill, visit);
    for_each_layer(design.layers, [&](Layer& layer) { visit_layer(layer, visit); });
}

std::size_t written_in(const json::Value& document) {
    std::size_t bytes = document.as_string().size();
    for (const json::Value& element : document.array())
        bytes += written_in(element);
    for (const auto& [name, member] : document.object())
        bytes += written_in(member);
    return bytes;
}

std::vector<std::string> assets_shown(const Design& design) {
    Design walked = design;
    std::vector<std::string> ids;
    for_each_picture(walked, [&](Picture& picture) {
        if (picture.asset_id && std::find(ids.begin(), ids.end(), *picture.asset_id) == ids.end())
            ids.push_back(*picture.asset_id);
    });
    return ids;
}

}  // namespace atelier::design
