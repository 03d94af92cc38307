#include "workers/ai/builtin/instructions/desk/scaling.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "common/design/model/boxes.hpp"
#include "workers/ai/builtin/instructions/desk/room.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Box;
using design::Layer;

void scale_stroke(std::optional<design::Stroke>& stroke, double factor) {
    if (!stroke) return;
    stroke->width = std::clamp(rounded(stroke->width * factor), 0.1, 500.0);
    stroke->dash = std::clamp(rounded(stroke->dash * factor), 0.0, 500.0);
}

void scale_radii(design::CornerRadii& radii, double factor) {
    for (double& radius : radii)
        radius = std::min(rounded(radius * factor), 8192.0);
}

/// What belongs to a layer besides its box.
void scale_dress(Layer& layer, double factor) {
    if (layer.shadow) {
        layer.shadow->x = std::clamp(rounded(layer.shadow->x * factor), -500.0, 500.0);
        layer.shadow->y = std::clamp(rounded(layer.shadow->y * factor), -500.0, 500.0);
        layer.shadow->blur = std::clamp(rounded(layer.shadow->blur * factor), 0.0, 500.0);
    }
    if (layer.mask) {
        Box& box = layer.mask->box;
        box = {rounded(box.x * factor), rounded(box.y * factor), std::max(1.0, rounded(box.width * factor)),
               std::max(1.0, rounded(box.height * factor))};
        scale_radii(layer.mask->outline.corner_radii, factor);
    }
    if (auto* text = text_of(layer)) {
        scale_letters(*text, factor);
        scale_stroke(text->stroke, factor);
    } else if (auto* image = image_of(layer)) {
        scale_stroke(image->stroke, factor);
        scale_radii(image->corner_radii, factor);
    } else if (auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        scale_stroke(shape->stroke, factor);
        scale_radii(shape->outline.corner_radii, factor);
    }
}

void scale_sizes(Layer& layer, double factor) {
    layer.box.width = std::clamp(rounded(layer.box.width * factor), 1.0, 16384.0);
    layer.box.height = std::clamp(rounded(layer.box.height * factor), 1.0, 16384.0);
    scale_dress(layer, factor);
    auto* group = std::get_if<design::GroupContent>(&layer.content);
    if (!group) return;
    for (Layer& part : group->layers) {
        part.box.x = rounded(part.box.x * factor);
        part.box.y = rounded(part.box.y * factor);
        scale_sizes(part, factor);
    }
}

int lines_of(const Desk& desk, const Layer& layer) {
    return desk.measurer.measure(*text_of(layer), layer.box.width).lines;
}

/// The text × factor in a box of this width, standing where it stood: to its side, top or middle.
void place_text(Desk& desk, Layer& layer, const Layer& was, double factor, double width) {
    layer = was;
    auto& text = *text_of(layer);
    scale_letters(text, factor);
    scale_stroke(text.stroke, factor);
    layer.box.width = rounded(width);
    const double needed = std::ceil(desk.measurer.measure(text, layer.box.width).height);
    layer.box.height = factor >= 1 ? std::max(was.box.height * std::min(factor, 1.0), needed)
                                   : std::max(needed, rounded(was.box.height * factor));
    const double wider = layer.box.width - was.box.width, higher = layer.box.height - was.box.height;
    if (text.align == design::Align::center) layer.box.x = rounded(was.box.x - wider / 2);
    if (text.align == design::Align::right) layer.box.x = rounded(was.box.x - wider);
    if (text.vertical_align == design::VerticalAlign::middle) layer.box.y = rounded(was.box.y - higher / 2);
    if (text.vertical_align == design::VerticalAlign::bottom) layer.box.y = rounded(was.box.y - higher);
}

}  // namespace

void scale_letters(design::TextContent& text, double factor) {
    const auto scaled = [&](double size) {
        return std::clamp(std::round(size * factor * 10) / 10, 4.0, 2000.0);
    };
    text.style.font_size = scaled(text.style.font_size);
    for (design::Run& run : text.runs)
        if (run.font_size) run.font_size = scaled(*run.font_size);
}

void scale_whole(Layer& layer, double factor) {
    const design::Point middle = layer.box.middle();
    scale_sizes(layer, factor);
    layer.box.x = rounded(middle.x - layer.box.width / 2);
    layer.box.y = rounded(middle.y - layer.box.height / 2);
}

void tighten(Desk& desk, Layer& layer) {
    auto& text = *text_of(layer);
    const double scale = design::rendered_scale(desk.measurer, text, layer.box.width, layer.box.height);
    if (scale < 1) return;
    const design::TextExtent extent = desk.measurer.measure(text, layer.box.width);
    // A little more than the letters take, so that another measurer breaks the same lines.
    const double width = std::min(layer.box.width, std::ceil(extent.width * 1.03 + 2));
    const double height = std::min(layer.box.height, std::ceil(extent.height * 1.02));
    const double free_x = layer.box.width - width, free_y = layer.box.height - height;
    if (text.align == design::Align::right) layer.box.x += free_x;
    if (text.align == design::Align::center) layer.box.x += free_x / 2;
    if (text.vertical_align == design::VerticalAlign::bottom) layer.box.y += free_y;
    if (text.vertical_align == design::VerticalAlign::middle) layer.box.y += free_y / 2;
    layer.box = {rounded(layer.box.x), rounded(layer.box.y), width, height};
}

double grow_text(Desk& desk, const std::string& id, double factor) {
    const Layer was = desk.layer(id);
    if (factor <= 1 || !desk.is_top(id) || was.rotation != 0) {
        Layer& layer = desk.layer(id);
        if (factor <= 1)
            place_text(desk, layer, was, factor, was.box.width);
        else
            scale_whole(layer, factor);
        return factor;
    }
    const design::Design before = desk.design;
    const int lines = lines_of(desk, was);
    const Yard bounds = yard(desk, id);
    constexpr int kSteps = 12;
    for (int step = 0; step < kSteps; ++step) {
        const double tried = 1 + (factor - 1) * (kSteps - step) / kSteps;
        const double widest = room_beside(desk, id);
        // As wide as the letters now need, else the lines break anew in the box as it is.
        for (const double width : {std::min(widest, was.box.width * tried), was.box.width}) {
            desk.design = before;
            Layer& layer = desk.layer(id);
            place_text(desk, layer, was, tried, std::max(width, was.box.width));
            const design::TextExtent extent = desk.measurer.measure(*text_of(layer), layer.box.width);
            const bool is_broken = extent.widest_word > layer.box.width || extent.lines > lines + 2;
            if (!is_broken && make_room(desk, id, bounds)) return tried;
        }
    }
    desk.design = before;
    return 1;
}

namespace {

struct Pair {
    std::size_t a, b;
    auto operator<=>(const Pair&) const = default;
};

/// Which of the message's layers lie over each other, and which beyond the canvas (with themselves).
std::set<Pair> troubles(Desk& desk, const Ids& units) {
    std::vector<Box> boxes;
    for (const std::string& id : units) {
        const auto* text = text_of(desk.layer(id));
        const Box box = desk.bounds(id);
        const double by = text ? text->style.font_size * 0.12 : 1;
        boxes.push_back(
            {box.x + by, box.y + by, std::max(0.0, box.width - 2 * by), std::max(0.0, box.height - 2 * by)});
    }
    std::set<Pair> out;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].x < 0 || boxes[i].y < 0 || boxes[i].right() > desk.width() ||
            boxes[i].bottom() > desk.height())
            out.insert({i, i});
        for (std::size_t j = i + 1; j < boxes.size(); ++j)
            if (design::clipped(boxes[i], boxes[j]).area() > 0) out.insert({i, j});
    }
    return out;
}

/// The whole message about its middle, within the canvas and half of its margin.
double scale_arrangement(Desk& desk, const Ids& ids, double factor) {
    const Box around = desk.bounds(ids);
    const double edge = desk.margin() * 0.75;
    const double widest = (desk.width() - 2 * edge) / around.width,
                 highest = (desk.height() - 2 * edge) / around.height;
    const double got = factor > 1 ? std::clamp(std::min({factor, widest, highest}), 1.0, factor) : factor;
    const design::Point middle = around.middle();
    Ids all = ids;
    for (const Layer& layer : desk.design.layers) {
        const Box box = desk.frame(layer.id);
        const bool is_ornament = !is_critical(layer.role) && !layer.locked &&
                                 design::clipped(box, around).area() >= 0.9 * box.area();
        if (is_ornament && std::find(all.begin(), all.end(), layer.id) == all.end()) all.push_back(layer.id);
    }
    for (const std::string& id : all) {
        const Box before = desk.frame(id);
        scale_whole(desk.layer(id), got);
        const Box after = desk.frame(id);
        desk.shift(id, middle.x + (before.middle().x - middle.x) * got - after.middle().x,
                   middle.y + (before.middle().y - middle.y) * got - after.middle().y);
    }
    const Box now = desk.bounds(ids);
    const auto way = [](double start, double length, double room, double margin) {
        if (length > room) return (room - length) / 2 - start;
        const double least = std::min(margin, (room - length) / 2);
        return std::clamp(start, least, room - length - least) - start;
    };
    const double dx = way(now.x, now.width, desk.width(), edge),
                 dy = way(now.y, now.height, desk.height(), edge);
    for (const std::string& id : all)
        desk.shift(id, dx, dy);
    return got;
}

}  // namespace

double scale_together(Desk& desk, const Ids& chosen, double factor, bool is_everything) {
    Ids ids = with_plates(desk, chosen);
    Ids message;
    for (const Layer& layer : desk.design.layers)
        if (layer.visible && is_critical(layer.role)) message.push_back(layer.id);
    if (is_everything) return scale_arrangement(desk, ids, factor);
    const std::set<Pair> old = troubles(desk, message);
    const design::Design before = desk.design;
    constexpr int kSteps = 10;
    for (int step = 0; step < kSteps; ++step) {
        const double tried = 1 + (factor - 1) * (kSteps - step) / kSteps;
        desk.design = before;
        bool is_broken = false;
        for (const std::string& id : ids) {
            Layer& layer = desk.layer(id);
            const Layer was = layer;
            if (!text_of(layer)) {
                scale_whole(layer, tried);
                continue;
            }
            place_text(desk, layer, was, tried, was.box.width);
            const design::TextExtent extent = desk.measurer.measure(*text_of(layer), layer.box.width);
            is_broken |=
                factor > 1 && (extent.widest_word > layer.box.width || extent.lines > lines_of(desk, was));
        }
        const std::set<Pair> now = troubles(desk, message);
        const bool is_worse = !std::includes(old.begin(), old.end(), now.begin(), now.end());
        if (!is_broken && !is_worse) return tried;
    }
    desk.design = before;
    return 1;
}

}  // namespace atelier::ai::builtin::instructions
