#include "workers/adaptation/design/relayout/scaled.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/typeset/typeset.hpp"
#include "workers/adaptation/design/scene.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;
using design::Point;

/// To a hundredth of a pixel: documents stay short.
double rounded(double value) {
    return std::round(value * 100) / 100;
}

void scale_box(Box& box, double factor) {
    box.width = std::clamp(rounded(box.width * factor), 1.0, 16384.0);
    box.height = std::clamp(rounded(box.height * factor), 1.0, 16384.0);
}

void scale(std::optional<design::Stroke>& stroke, double factor) {
    if (!stroke) return;
    stroke->width = std::clamp(rounded(stroke->width * factor), 0.1, 500.0);
    stroke->dash = std::clamp(rounded(stroke->dash * factor), 0.0, 500.0);
}

void scale(design::CornerRadii& radii, double factor) {
    for (double& radius : radii)
        radius = std::min(rounded(radius * factor), 8192.0);
}

void scale_place(Box& box, double factor) {
    box.x = rounded(box.x * factor);
    box.y = rounded(box.y * factor);
    scale_box(box, factor);
}

/// Down, so that a line which just fits still does.
double letters(double size, double factor) {
    return std::clamp(std::floor(size * factor * 100 + 1e-6) / 100, 4.0, 2000.0);
}

Box lines_of(const Layer& layer, const design::TextContent& text) {
    const design::SetText set = design::set_text(text, layer.box.width, layer.box.height);
    Box out{0, 0, 0, 0};
    for (const design::Line& line : set.lines())
        out = joined(out, {line.x, line.top, std::max(1.0, line.width), line.height});
    return out;
}

}  // namespace

void scale_letters(design::TextContent& text, double factor) {
    text.style.font_size = letters(text.style.font_size, factor);
    for (design::Run& run : text.runs)
        if (run.font_size) run.font_size = letters(*run.font_size, factor);
    scale(text.stroke, factor);
}

void scale(Layer& layer, double factor) {
    scale_box(layer.box, factor);
    if (layer.shadow) {
        layer.shadow->x = std::clamp(rounded(layer.shadow->x * factor), -500.0, 500.0);
        layer.shadow->y = std::clamp(rounded(layer.shadow->y * factor), -500.0, 500.0);
        layer.shadow->blur = std::min(rounded(layer.shadow->blur * factor), 500.0);
    }
    if (layer.mask) {
        scale_place(layer.mask->box, factor);
        scale(layer.mask->outline.corner_radii, factor);
    }
    if (auto* text = std::get_if<design::TextContent>(&layer.content)) {
        scale_letters(*text, factor);
    } else if (auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        scale(shape->outline.corner_radii, factor);
        scale(shape->stroke, factor);
    } else if (auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        for (Layer& child : group->layers) {
            child.box.x = rounded(child.box.x * factor);
            child.box.y = rounded(child.box.y * factor);
            scale(child, factor);
        }
    } else {
        auto* smart = std::get_if<design::SmartImageContent>(&layer.content);
        design::ImageContent& image = smart ? smart->image : std::get<design::ImageContent>(layer.content);
        scale(image.corner_radii, factor);
        scale(image.stroke, factor);
    }
}

void move_middle(Layer& layer, Point to) {
    layer.box.x = rounded(to.x - layer.box.width / 2);
    layer.box.y = rounded(to.y - layer.box.height / 2);
}

Box taken(const Layer& layer) {
    Box local{0, 0, layer.box.width, layer.box.height};
    if (const auto* text = std::get_if<design::TextContent>(&layer.content)) local = lines_of(layer, *text);
    if (layer.mask) local = clipped(local, layer.mask->box);
    return turned(layer, local);
}

LetterSizes letter_sizes(const Layer& layer) {
    LetterSizes out;
    const auto add = [&](double size) {
        out.least = out.least == 0 ? size : std::min(out.least, size);
        out.largest = std::max(out.largest, size);
    };
    if (const auto* text = std::get_if<design::TextContent>(&layer.content)) {
        for (const design::Run& run : text->runs)
            add(run.font_size.value_or(text->style.font_size));
    } else if (const auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        for (const Layer& child : group->layers) {
            const LetterSizes sizes = letter_sizes(child);
            if (sizes.least == 0 || !child.visible) continue;
            add(sizes.least);
            add(sizes.largest);
        }
    }
    return out;
}

}  // namespace atelier::adaptation::design_render
