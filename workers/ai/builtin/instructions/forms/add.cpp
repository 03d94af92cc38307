#include <algorithm>
#include <cctype>
#include <cmath>

#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Box;
using design::Color;
using design::Layer;
using design::Role;

constexpr std::size_t kMostLayers = 300;

Color readable_on(Color ground, const design::Brand& brand) {
    Color best = brand.text;
    for (const Color color : {brand.text, brand.background, Color{255, 255, 255}, Color{17, 17, 17}}) {
        if (design::contrast(best, ground) >= 4.5) break;
        if (design::contrast(color, ground) > design::contrast(best, ground)) best = color;
    }
    best.a = 255;
    return best;
}

Layer text_layer(Desk& desk, const std::string& id, Role role, const std::string& words, double size) {
    Layer layer;
    layer.id = id;
    layer.name = id;
    layer.name[0] = char(std::toupper(static_cast<unsigned char>(layer.name[0])));
    layer.role = role;
    design::TextContent text;
    text.runs = {{.text = words}};
    text.style.font_family = desk.design.brand.body_font;
    text.style.font_size = std::round(size);
    text.style.font_weight = role == Role::cta || role == Role::badge ? 700 : 400;
    text.style.fill = design::SolidPaint{desk.design.brand.text};
    text.fit = design::TextFit::fixed;
    layer.content = text;
    return layer;
}

/// A side length that letters of the design's body have, on a canvas of this size.
double body_size(Desk& desk) {
    double sum = 0;
    int count = 0;
    for (const std::string& id : desk.ids()) {
        const Layer& layer = desk.layer(id);
        if (!text_of(layer) || (layer.role != Role::body && layer.role != Role::caption)) continue;
        sum += text_of(layer)->style.font_size;
        ++count;
    }
    const double usual = std::min(desk.width(), desk.height()) * 0.032;
    return std::clamp(count ? sum / count : usual, 10.0, usual * 2);
}

/// Free places, the wanted one first: along the page's sides and its middle lines.
bool settle_at(Desk& desk, const std::string& id, const Spot& spot, bool is_asked, const Box& page) {
    std::vector<Spot> spots{spot};
    if (!is_asked)
        for (const int y : {1, -1, 0})
            for (const int x : {-1, 0, 1})
                spots.push_back({x, y});
    for (const bool may_push : {false, true})
        for (const Spot& tried : spots) {
            const design::Design before = desk.design;
            const Box box = desk.frame(id);
            const auto at = [](int side, double from, double room, double length) {
                return from + (room - length) * (side + 1) / 2;
            };
            desk.shift(id, at(tried.x.value_or(0), page.x, page.width, box.width) - box.x,
                       at(tried.y.value_or(0), page.y, page.height, box.height) - box.y);
            const Box now = desk.bounds(id);
            bool is_free = true;
            for (const std::string& other : obstacles(desk, {id})) {
                const Box near = desk.bounds(other);
                is_free &= now.x >= near.right() || near.x >= now.right() || now.y >= near.bottom() ||
                           near.y >= now.bottom();
            }
            if (is_free || (may_push && clear_around(desk, {id}))) return true;
            desk.design = before;
        }
    return false;
}

/// Where the design's texts stand: the side that most of them are set from.
int usual_side(Desk& desk) {
    int sides[3] = {0, 0, 0};
    for (const Layer& layer : desk.design.layers) {
        const auto* text = text_of(layer);
        if (!text || !layer.visible || !is_critical(layer.role)) continue;
        ++sides[text->align == design::Align::center ? 1 : text->align == design::Align::right ? 2 : 0];
    }
    return sides[0] > sides[1] && sides[0] >= sides[2] ? -1 : sides[2] > sides[1] ? 1 : 0;
}

Outcome place_new(Ask& ask, Layer layer, Spot usual) {
    Desk& desk = ask.desk;
    if (desk.ids().size() + 3 > kMostLayers) return "A design has at most 300 layers.";
    const std::string id = layer.id;
    const Box page = desk.page();
    desk.design.layers.push_back(std::move(layer));
    desk.last = {id};
    if (ask.has(Slot::other)) {
        const Ids others = ask.layers(Slot::other);
        if (others.empty()) return no_such(ask, Slot::other);
        const Box near = desk.bounds(with_plates(desk, others)), box = desk.frame(id);
        const double gap = std::max(8.0, std::min(desk.width(), desk.height()) * 0.02);
        const bool is_above = ask.argument == "above";
        const auto* text = text_of(desk.layer(others[0]));
        const bool is_left = text && text->align == design::Align::left;
        desk.shift(id, is_left ? near.x - box.x : near.middle().x - box.middle().x,
                   (is_above ? near.y - gap - box.height : near.bottom() + gap) - box.y);
        if (!make_room(desk, id, {{0, 0, desk.width(), desk.height()}, {}}) && !clear_around(desk, {id}))
            return "There is no room for it there.";
    } else {
        const bool is_asked = ask.has(Slot::spot);
        Spot spot = is_asked ? ask.spot() : usual;
        if (is_asked && !spot.x) spot.x = usual.x;
        if (is_asked && !spot.y) spot.y = usual.y;
        if (!settle_at(desk, id, spot, is_asked, page)) return "There is no room for it.";
    }
    return std::nullopt;
}

std::string words_in(const Ask& ask) {
    return ask.has(Slot::quote) ? ask.text(Slot::quote) : ask.text();
}

}  // namespace

Outcome add_text(Ask& ask) {
    Desk& desk = ask.desk;
    const std::string words = words_in(ask);
    if (words.empty()) return "It does not say what the text shall be.";
    const Role role = ask.argument == "subtitle"  ? Role::subheadline
                      : ask.argument == "caption" ? Role::caption
                                                  : Role::body;
    const double scale = role == Role::subheadline ? 1.3 : role == Role::caption ? 0.85 : 1;
    Layer layer = text_layer(desk, desk.free_id(role == Role::body ? "text" : std::string(ask.argument)),
                             role, words, body_size(desk) * scale);
    auto& text = *text_of(layer);
    const double widest = desk.page().width;
    const auto extent = desk.measurer.measure(text, widest);
    layer.box = {0, 0, std::min(widest, std::ceil(extent.width * 1.03 + 4)), std::ceil(extent.height)};
    if (extent.lines > 1) layer.box.width = widest;
    const int side = ask.spot().x.value_or(usual_side(desk));
    text.align = side > 0 ? design::Align::right : side < 0 ? design::Align::left : design::Align::center;
    if (ask.has(Slot::other)) text.align = design::Align::left;
    const std::string id = layer.id;
    if (auto why = place_new(ask, std::move(layer), {side, 1})) return why;
    desk.say("“" + words + "” is added.");
    desk.last = {id};
    return std::nullopt;
}

Outcome add_button(Ask& ask) {
    Desk& desk = ask.desk;
    const std::string words = words_in(ask);
    const double size = body_size(desk) * 1.1;
    Layer label =
        text_layer(desk, desk.free_id("button-label"), Role::cta, words.empty() ? "Learn more" : words, size);
    auto& text = *text_of(label);
    text.align = design::Align::center;
    text.vertical_align = design::VerticalAlign::middle;
    const auto extent = desk.measurer.measure(text, desk.page().width * 0.8);
    const double width = std::ceil(extent.width + size * 2.4), height = std::ceil(extent.height + size * 1.3);
    label.box = {std::round(size * 0.6), 0, width - std::round(size * 1.2), height};
    Layer plate;
    plate.id = desk.free_id("button-plate");
    plate.name = "Button plate";
    plate.role = Role::decoration;
    plate.box = {0, 0, width, height};
    design::ShapeContent shape;
    const Tint tint = ask.tint();
    shape.fill = tint.empty() ? design::Paint(design::SolidPaint{desk.design.brand.accent}) : paint_of(tint);
    shape.outline.corner_radii.fill(std::round(height * 0.22));
    text.style.fill =
        design::SolidPaint{readable_on(tint.empty() ? desk.design.brand.accent : tint[0], desk.design.brand)};
    plate.content = shape;
    Layer group;
    group.id = desk.free_id("button");
    group.name = "Button";
    group.role = Role::cta;
    group.box = {0, 0, width, height};
    group.content = design::GroupContent{{plate, label}};
    const std::string id = group.id, said = words_of(text);
    if (auto why = place_new(ask, std::move(group), {usual_side(desk), 1})) return why;
    desk.say("A button “" + said + "” is added.");
    desk.last = {id};
    return std::nullopt;
}

Outcome add_badge(Ask& ask) {
    Desk& desk = ask.desk;
    const std::string words = words_in(ask);
    if (words.empty()) return "It does not say what the badge shall say.";
    const double side = std::round(std::min(desk.width(), desk.height()) * 0.2);
    Layer label = text_layer(desk, desk.free_id("badge-label"), Role::badge, words, side * 0.32);
    auto& text = *text_of(label);
    text.style.font_family = desk.design.brand.heading_font;
    text.align = design::Align::center;
    text.vertical_align = design::VerticalAlign::middle;
    text.fit = design::TextFit::fixed;
    label.box = {std::round(side * 0.12), std::round(side * 0.2), std::round(side * 0.76),
                 std::round(side * 0.6)};
    text.line_height = 1.05;
    const double scale = design::fitting_scale(desk.measurer, text, label.box.width, label.box.height);
    text.style.font_size = std::max(8.0, std::floor(text.style.font_size * std::min(1.0, scale * 0.98)));
    Layer plate;
    plate.id = desk.free_id("badge-plate");
    plate.name = "Badge plate";
    plate.role = Role::decoration;
    plate.box = {0, 0, side, side};
    design::ShapeContent shape;
    shape.outline.kind = design::ShapeKind::ellipse;
    const Tint tint = ask.tint();
    const Color ground = tint.empty() ? desk.design.brand.accent : tint[0];
    shape.fill = tint.empty() ? design::Paint(design::SolidPaint{ground}) : paint_of(tint);
    text.style.fill = design::SolidPaint{readable_on(ground, desk.design.brand)};
    plate.content = shape;
    Layer group;
    group.id = desk.free_id("badge");
    group.name = "Badge";
    group.role = Role::badge;
    group.box = {0, 0, side, side};
    group.content = design::GroupContent{{plate, label}};
    const std::string id = group.id;
    if (auto why = place_new(ask, std::move(group), {1, -1})) return why;
    desk.say("A badge “" + words + "” is added.");
    desk.last = {id};
    return std::nullopt;
}

Outcome add_logo(Ask& ask) {
    Desk& desk = ask.desk;
    const auto& asset =
        desk.kit && desk.kit->logo_asset_id ? desk.kit->logo_asset_id : desk.design.brand.logo_asset_id;
    if (!asset) return "The brand has no logo.";
    const double side = std::round(std::min(desk.width(), desk.height()) * 0.14);
    Layer layer;
    layer.id = desk.free_id("logo");
    layer.name = "Logo";
    layer.role = Role::logo;
    layer.box = {0, 0, side, side};
    design::ImageContent image;
    image.picture.asset_id = asset;
    image.picture.fit = design::Fit::contain;
    const std::string& name = desk.design.brand.name;
    image.alt = name.empty() ? "Logo" : name + " logo";
    layer.content = image;
    const std::string id = layer.id;
    if (auto why = place_new(ask, std::move(layer), {-1, -1})) return why;
    desk.say("The logo is added.");
    desk.last = {id};
    return std::nullopt;
}

Outcome add_shape(Ask& ask) {
    Desk& desk = ask.desk;
    const double side = std::round(std::min(desk.width(), desk.height()) * 0.22);
    Layer layer;
    layer.role = Role::decoration;
    design::ShapeContent shape;
    const std::string_view kind = ask.argument;
    layer.id = desk.free_id(std::string(kind));
    layer.name = std::string(kind);
    layer.name[0] = char(std::toupper(static_cast<unsigned char>(layer.name[0])));
    layer.box = {0, 0, side, side};
    if (kind == "circle") shape.outline.kind = design::ShapeKind::ellipse;
    if (kind == "rectangle") layer.box.width = std::round(side * 1.5);
    if (kind == "line") layer.box = {0, 0, desk.page().width * 0.5, std::max(2.0, std::round(side * 0.015))};
    const Tint tint = ask.tint();
    shape.fill = tint.empty() ? design::Paint(design::SolidPaint{desk.design.brand.accent}) : paint_of(tint);
    layer.content = shape;
    const Spot spot = ask.spot();
    const Box page = desk.page();
    layer.box.x = rounded(page.x + (page.width - layer.box.width) * (spot.x.value_or(0) + 1) / 2);
    layer.box.y = rounded(page.y + (page.height - layer.box.height) * (spot.y.value_or(0) + 1) / 2);
    // Below the message: it decorates.
    auto at = desk.design.layers.begin();
    for (auto it = desk.design.layers.begin(); it != desk.design.layers.end(); ++it)
        if (!is_critical(it->role)) at = it + 1;
    const auto first_text = std::find_if(desk.design.layers.begin(), desk.design.layers.end(),
                                         [](const Layer& l) { return is_critical(l.role); });
    at = std::min(at, first_text);
    const std::string id = layer.id, name = layer.name;
    desk.design.layers.insert(at, std::move(layer));
    desk.say("A " + std::string(kind) + " is added.");
    desk.last = {id};
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
