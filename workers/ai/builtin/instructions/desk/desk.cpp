#include "workers/ai/builtin/instructions/desk/desk.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "common/design/model/boxes.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Box;
using design::Layer;
using design::Point;

constexpr double kPi = 3.14159265358979323846;

Point turn(Point p, double degrees) {
    const double angle = degrees * kPi / 180, cos = std::cos(angle), sin = std::sin(angle);
    return {p.x * cos - p.y * sin, p.x * sin + p.y * cos};
}

std::optional<Seat> find(std::vector<Layer>& list, std::string_view id, std::vector<Layer*>& around) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].id == id) return Seat{&list[i], &list, i, around};
        auto* group = std::get_if<design::GroupContent>(&list[i].content);
        if (!group) continue;
        around.push_back(&list[i]);
        if (auto seat = find(group->layers, id, around)) return seat;
        around.pop_back();
    }
    return std::nullopt;
}

void collect(const std::vector<Layer>& list, Ids& out) {
    for (const Layer& layer : list) {
        out.push_back(layer.id);
        if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
            collect(group->layers, out);
    }
}

bool has_locked(const Layer& layer) {
    if (layer.locked) return true;
    const auto* group = std::get_if<design::GroupContent>(&layer.content);
    return group && std::any_of(group->layers.begin(), group->layers.end(), has_locked);
}

/// The letters of a text, from the corner of its box.
Box letters(const Layer& layer, const design::TextMeasurer& measurer) {
    const auto& text = std::get<design::TextContent>(layer.content);
    const double scale = design::rendered_scale(measurer, text, layer.box.width, layer.box.height);
    const design::TextExtent extent = measurer.measure(text, layer.box.width, scale);
    const double width = text.align == design::Align::justify ? layer.box.width : extent.width;
    const double free_x = layer.box.width - width, free_y = layer.box.height - extent.height;
    const double x = text.align == design::Align::right    ? free_x
                     : text.align == design::Align::center ? free_x / 2
                                                           : 0;
    const double y = text.vertical_align == design::VerticalAlign::bottom   ? free_y
                     : text.vertical_align == design::VerticalAlign::middle ? free_y / 2
                                                                            : 0;
    return {x, y, width, extent.height};
}

/// A box measured from a layer's corner, as it lies on the canvas.
Box on_canvas(const Seat& seat, const Box& local) {
    std::array<Point, 4> corners{{{local.x, local.y},
                                  {local.right(), local.y},
                                  {local.right(), local.bottom()},
                                  {local.x, local.bottom()}}};
    const auto out_of = [&](const Layer& layer) {
        const Point middle{layer.box.width / 2, layer.box.height / 2};
        for (Point& p : corners) {
            const Point turned = turn({p.x - middle.x, p.y - middle.y}, layer.rotation);
            p = {turned.x + middle.x + layer.box.x, turned.y + middle.y + layer.box.y};
        }
    };
    out_of(*seat.layer);
    for (auto group = seat.around.rbegin(); group != seat.around.rend(); ++group)
        out_of(**group);
    const auto [left, right] = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    return {left, top, right - left, bottom - top};
}

std::optional<design::Color> color_in(const design::Paint& paint) {
    if (const auto* solid = std::get_if<design::SolidPaint>(&paint))
        return solid->color.a < 16 ? std::nullopt : std::optional(solid->color);
    if (const auto* linear = std::get_if<design::LinearPaint>(&paint))
        return linear->stops[linear->stops.size() / 2].color;
    const auto& stops = std::get<design::RadialPaint>(paint).stops;
    return stops[stops.size() / 2].color;
}

}  // namespace

Desk::Desk(design::Design d, std::optional<design::Brand> k, const design::TextMeasurer& m)
    : design(std::move(d)), kit(std::move(k)), measurer(m) {}

std::optional<Seat> Desk::seat(std::string_view id) {
    std::vector<Layer*> around;
    return find(design.layers, id, around);
}

Layer& Desk::layer(std::string_view id) {
    return *seat(id)->layer;
}

Ids Desk::ids() {
    Ids out;
    collect(design.layers, out);
    return out;
}

bool Desk::is_locked(std::string_view id) {
    const auto here = seat(id);
    return has_locked(*here->layer) ||
           std::any_of(here->around.begin(), here->around.end(), [](const Layer* l) { return l->locked; });
}

Ids Desk::unlocked(const Ids& ids) {
    Ids free, locked;
    for (const std::string& id : ids)
        (is_locked(id) ? locked : free).push_back(id);
    if (!locked.empty())
        say(called(locked) +
            (locked.size() == 1 ? " is locked and stays as it is." : " are locked and stay as they are."));
    return free;
}

Box Desk::bounds(std::string_view id) {
    const Seat here = *seat(id);
    const Box all{0, 0, here.layer->box.width, here.layer->box.height};
    return on_canvas(here, text_of(*here.layer) ? letters(*here.layer, measurer) : all);
}

Box Desk::bounds(const Ids& ids) {
    Box out;
    for (const std::string& id : ids)
        out = design::joined(out, bounds(id));
    return out;
}

Box Desk::frame(std::string_view id) {
    const Seat here = *seat(id);
    return on_canvas(here, {0, 0, here.layer->box.width, here.layer->box.height});
}

void Desk::shift(std::string_view id, double dx, double dy) {
    const Seat here = *seat(id);
    double turned_by = 0;
    for (const Layer* group : here.around)
        turned_by += group->rotation;
    const Point way = turn({dx, dy}, -turned_by);
    Box& box = here.layer->box;
    constexpr double kFarthest = 16384;
    box.x = std::clamp(rounded(box.x + way.x), -kFarthest, kFarthest);
    box.y = std::clamp(rounded(box.y + way.y), -kFarthest, kFarthest);
}

std::optional<design::Color> Desk::color_of(std::string_view id) {
    const Layer& here = layer(id);
    if (const auto* text = text_of(here))
        return color_in(text->runs[0].fill ? *text->runs[0].fill : text->style.fill);
    if (const auto* shape = std::get_if<design::ShapeContent>(&here.content)) {
        const auto color = color_in(shape->fill);
        return color || !shape->stroke ? color : std::optional(shape->stroke->color);
    }
    if (const auto* group = std::get_if<design::GroupContent>(&here.content))
        for (const Layer& part : group->layers)
            if (const auto color = color_of(part.id)) return color;
    return std::nullopt;
}

std::string Desk::called(const Ids& ids) {
    const auto name = [&](const std::string& id) {
        const Layer& here = layer(id);
        return "“" + (here.name.empty() ? id : here.name) + "”";
    };
    if (ids.empty()) return "nothing";
    if (ids.size() > 4) return std::to_string(ids.size()) + " layers";
    std::string out = name(ids[0]);
    for (std::size_t i = 1; i < ids.size(); ++i)
        out += (i + 1 == ids.size() ? " and " : ", ") + name(ids[i]);
    return out;
}

std::string Desk::free_id(const std::string& stem) {
    const Ids all = ids();
    const std::set<std::string, std::less<>> used(all.begin(), all.end());
    if (!used.contains(stem)) return stem;
    for (int n = 2;; ++n) {
        std::string id = stem + "-" + std::to_string(n);
        if (!used.contains(id)) return id;
    }
}

double Desk::margin() {
    const double side = std::min(width(), height());
    double nearest = side * 0.12;
    for (const Layer& l : design.layers) {
        if (!l.visible || !is_critical(l.role)) continue;
        const Box box = bounds(l.id);
        nearest = std::min({nearest, box.x, width() - box.right(), box.y, height() - box.bottom()});
    }
    return std::round(std::max(nearest, side * 0.04));
}

Box Desk::page() {
    const double edge = margin();
    return {edge, edge, width() - 2 * edge, height() - 2 * edge};
}

const design::TextContent* text_of(const Layer& layer) {
    return std::get_if<design::TextContent>(&layer.content);
}
design::TextContent* text_of(Layer& layer) {
    return std::get_if<design::TextContent>(&layer.content);
}

design::ImageContent* image_of(Layer& layer) {
    if (auto* smart = std::get_if<design::SmartImageContent>(&layer.content)) return &smart->image;
    return std::get_if<design::ImageContent>(&layer.content);
}

std::string words_of(const design::TextContent& text) {
    std::string out;
    for (const design::Run& run : text.runs)
        out += run.text;
    return out;
}

void for_each_in(Layer& layer, const std::function<void(Layer&)>& visit) {
    visit(layer);
    if (auto* group = std::get_if<design::GroupContent>(&layer.content))
        for (Layer& part : group->layers)
            for_each_in(part, visit);
}

Box turned(const Box& box, double degrees) {
    const double angle = degrees * kPi / 180, cos = std::abs(std::cos(angle)),
                 sin = std::abs(std::sin(angle));
    const double w = box.width * cos + box.height * sin, h = box.width * sin + box.height * cos;
    const Point middle = box.middle();
    return {middle.x - w / 2, middle.y - h / 2, w, h};
}

double rounded(double value) {
    return std::round(value * 100) / 100;
}

}  // namespace atelier::ai::builtin::instructions
