#include <algorithm>
#include <cmath>

#include "common/design/brand/dress.hpp"
#include "workers/ai/builtin/color/oklab.hpp"
#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Color;
using design::Layer;
using design::Paint;

/// "dark green (#1e5f55)".
std::string called(const Ask& ask, const Tint& tint) {
    std::string codes;
    for (const Color color : tint)
        codes += (codes.empty() ? "" : ", ") + design::to_string(color);
    std::string words = ask.text(Slot::color);
    for (const std::string_view article : {"a ", "the ", "an "})
        if (words.starts_with(article)) words.erase(0, article.size());
    return words.empty() || words[0] == '#' ? codes : words + " (" + codes + ")";
}

void fill_text(design::TextContent& text, const Paint& fill) {
    text.style.fill = fill;
    for (design::Run& run : text.runs)
        run.fill.reset();
}

/// What is written on a plate that took a new colour turns black or white where it can no longer be read.
void keep_readable(design::GroupContent& group, const Paint& paint) {
    const auto* solid = std::get_if<design::SolidPaint>(&paint);
    const Color plate = solid ? solid->color : std::get<design::LinearPaint>(paint).stops[0].color;
    constexpr Color kWhite{255, 255, 255, 255}, kInk{17, 17, 17, 255};
    for (Layer& part : group.layers) {
        auto* text = text_of(part);
        const auto* ink = text ? std::get_if<design::SolidPaint>(&text->style.fill) : nullptr;
        if (!ink || part.locked || design::contrast(ink->color, plate) >= 4.5) continue;
        // White looks better on strong colours, as far as it is read nearly as well.
        const bool is_white = design::contrast(kWhite, plate) * 1.25 >= design::contrast(kInk, plate);
        fill_text(*text, design::SolidPaint{is_white ? kWhite : kInk});
    }
}

/// Of a group the plate, of a text its letters, of a line shape its stroke.
void fill(Desk& desk, const std::string& id, const Paint& paint) {
    Layer& layer = desk.layer(id);
    if (auto* text = text_of(layer)) {
        const std::string plate = layer.role == design::Role::cta || layer.role == design::Role::badge
                                      ? plate_of(desk, id)
                                      : std::string();
        if (!plate.empty() && desk.is_top(id)) return fill(desk, plate, paint);
        return fill_text(*text, paint);
    }
    if (auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        const auto* solid = std::get_if<design::SolidPaint>(&shape->fill);
        const bool is_hollow = solid && solid->color.a == 0;
        if (is_hollow && shape->stroke)
            shape->stroke->color = std::holds_alternative<design::SolidPaint>(paint)
                                       ? std::get<design::SolidPaint>(paint).color
                                       : std::get<design::LinearPaint>(paint).stops[0].color;
        else
            shape->fill = paint;
        return;
    }
    if (auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        for (Layer& part : group->layers)
            if (std::holds_alternative<design::ShapeContent>(part.content)) {
                fill(desk, part.id, paint);
                return keep_readable(*group, paint);
            }
        for (Layer& part : group->layers)
            fill(desk, part.id, paint);
    }
}

bool can_be_filled(const Layer& layer) {
    if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
        return std::any_of(group->layers.begin(), group->layers.end(), can_be_filled);
    return std::holds_alternative<design::TextContent>(layer.content) ||
           std::holds_alternative<design::ShapeContent>(layer.content);
}

void change_colors(Paint& paint, const std::function<Color(Color)>& change) {
    if (auto* solid = std::get_if<design::SolidPaint>(&paint)) solid->color = change(solid->color);
    if (auto* linear = std::get_if<design::LinearPaint>(&paint))
        for (design::Stop& stop : linear->stops)
            stop.color = change(stop.color);
    if (auto* radial = std::get_if<design::RadialPaint>(&paint))
        for (design::Stop& stop : radial->stops)
            stop.color = change(stop.color);
}

void change_colors(Layer& layer, const std::function<Color(Color)>& change) {
    if (auto* text = text_of(layer)) {
        change_colors(text->style.fill, change);
        for (design::Run& run : text->runs)
            if (run.fill) change_colors(*run.fill, change);
    } else if (auto* shape = std::get_if<design::ShapeContent>(&layer.content)) {
        change_colors(shape->fill, change);
        if (shape->stroke) shape->stroke->color = change(shape->stroke->color);
    } else if (auto* group = std::get_if<design::GroupContent>(&layer.content)) {
        // The plate changes, what is written on it stays: validation keeps it readable.
        const auto plate = std::find_if(group->layers.begin(), group->layers.end(), [](const Layer& part) {
            return std::holds_alternative<design::ShapeContent>(part.content);
        });
        if (plate != group->layers.end()) return change_colors(*plate, change);
        for (Layer& part : group->layers)
            change_colors(part, change);
    }
}

bool is_opaque(Desk& desk, const std::string& card) {
    if (card.empty()) return false;
    const auto* shape = std::get_if<design::ShapeContent>(&desk.layer(card).content);
    const auto* solid = shape ? std::get_if<design::SolidPaint>(&shape->fill) : nullptr;
    return shape && (!solid || solid->color.a > 200);
}

/// The canvas' fill, and plain shapes that cover all of it.
Ids grounds(Desk& desk) {
    Ids out;
    for (Layer& layer : desk.design.layers) {
        const bool covers = layer.box.x <= 1 && layer.box.y <= 1 && layer.box.right() >= desk.width() - 1 &&
                            layer.box.bottom() >= desk.height() - 1;
        const auto* shape = std::get_if<design::ShapeContent>(&layer.content);
        if (!covers || !shape || layer.opacity < 0.99 || !layer.visible) continue;
        const auto* solid = std::get_if<design::SolidPaint>(&shape->fill);
        if (layer.role == design::Role::background || (solid && solid->color.a == 255))
            out.push_back(layer.id);
    }
    return out;
}

/// Pictures that cover the canvas, and what veils them.
Ids pictured_grounds(Desk& desk) {
    Ids out;
    bool has_picture = false;
    for (Layer& layer : desk.design.layers) {
        const bool covers = layer.box.x <= 1 && layer.box.y <= 1 && layer.box.right() >= desk.width() - 1 &&
                            layer.box.bottom() >= desk.height() - 1;
        const bool is_veil = has_picture && std::holds_alternative<design::ShapeContent>(layer.content);
        has_picture |= covers && image_of(layer) && layer.visible;
        if (covers && layer.visible && (image_of(layer) || is_veil)) out.push_back(layer.id);
    }
    return out;
}

}  // namespace

Color ground_of(const Desk& desk) {
    const Paint& fill = desk.design.canvas.background.fill;
    if (const auto* solid = std::get_if<design::SolidPaint>(&fill)) return solid->color;
    const auto* linear = std::get_if<design::LinearPaint>(&fill);
    return (linear ? linear->stops : std::get<design::RadialPaint>(fill).stops)[0].color;
}

void veil(Desk& desk, const std::string& id, Color color, double strength) {
    color.a = std::uint8_t(std::lround(std::clamp(strength, 0.05, 0.9) * 255));
    const std::string name = id.substr(0, 50) + "-veil";
    const Seat seat = *desk.seat(id);
    if (const auto old = desk.seat(name)) {
        if (auto* shape = std::get_if<design::ShapeContent>(&old->layer->content))
            shape->fill = design::SolidPaint{color};
        return;
    }
    Layer layer;
    layer.id = name;
    layer.name = "Veil";
    layer.role =
        seat.layer->role == design::Role::background ? design::Role::background : design::Role::decoration;
    layer.box = seat.layer->box;
    layer.rotation = seat.layer->rotation;
    layer.mask = seat.layer->mask;
    design::ShapeContent shape;
    shape.outline.corner_radii = image_of(*seat.layer)->corner_radii;
    shape.fill = design::SolidPaint{color};
    layer.content = shape;
    seat.list->insert(seat.list->begin() + std::ptrdiff_t(seat.index) + 1, std::move(layer));
}

Outcome paint(Ask& ask) {
    if (ask.is_canvas()) return paint_background(ask);
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    Ids ids;
    for (const std::string& id : all)
        if (can_be_filled(ask.desk.layer(id))) ids.push_back(id);
    if (ids.empty()) return "A picture has no colour of its own to change.";
    ids = ask.desk.unlocked(ids);
    const Tint tint = ask.tint();
    for (const std::string& id : ids)
        fill(ask.desk, id, paint_of(tint));
    if (!ids.empty())
        ask.desk.say(ask.desk.called(ids) + (ids.size() == 1 ? " is " : " are ") + called(ask, tint) + ".");
    return std::nullopt;
}

Outcome paint_background(Ask& ask) {
    Desk& desk = ask.desk;
    const Tint tint = ask.tint();
    desk.design.canvas.background.fill = paint_of(tint);
    const Ids hidden = desk.unlocked(pictured_grounds(desk));
    for (const std::string& id : hidden)
        desk.layer(id).visible = false;
    if (!hidden.empty()) desk.say(desk.called(hidden) + (hidden.size() == 1 ? " is" : " are") + " hidden.");
    const Ids covering = grounds(desk);
    for (const std::string& id : desk.unlocked(covering))
        fill(desk, id, paint_of(tint));
    desk.say("The background is " + called(ask, tint) + ".");
    return std::nullopt;
}

Outcome paint_texts(Ask& ask) {
    const Ids all = texts_in(ask.desk, ask.layers());
    if (all.empty()) return no_such(ask);
    const Ids ids = ask.desk.unlocked(all);
    for (const std::string& id : ids)
        fill_text(*text_of(ask.desk.layer(id)), paint_of(ask.tint()));
    if (!ids.empty())
        ask.desk.say("The letters of " + ask.desk.called(ids) + " are " + called(ask, ask.tint()) + ".");
    return std::nullopt;
}

Outcome shade(Ask& ask) {
    double strength = 0.3;
    if (const auto amount = ask.amount()) {
        if (amount->kind == Amount::Kind::slightly) strength = 0.15;
        if (amount->kind == Amount::Kind::much) strength = 0.55;
        if (amount->kind == Amount::Kind::percent) strength = std::clamp(amount->value / 100, 0.0, 1.0);
    }
    const std::string_view way = ask.argument;
    const auto change = [&](Color color) {
        if (way == "lighter") return lightened(color, strength);
        if (way == "darker") return lightened(color, -strength);
        return saturated(color, way == "vivid" ? 1 + strength * 1.6 : 1 - strength);
    };
    Desk& desk = ask.desk;
    if (ask.is_canvas()) {
        for (const std::string& id : desk.unlocked(pictured_grounds(desk)))
            if (image_of(desk.layer(id)) && (way == "darker" || way == "lighter"))
                veil(desk, id, way == "darker" ? Color{0, 0, 0, 255} : Color{255, 255, 255, 255}, strength);
        change_colors(desk.design.canvas.background.fill, change);
        for (const std::string& id : desk.unlocked(grounds(desk)))
            change_colors(desk.layer(id), change);
        desk.say("The background is " + std::string(way) + ".");
        return std::nullopt;
    }
    Ids all = ask.layers();
    if (all.empty() && ask.is_pronoun()) {
        // "Make it more colourful" as the first wish: the whole design.
        all = desk.ids();
        std::erase_if(all, [&](const std::string& id) { return !desk.is_top(id); });
        change_colors(desk.design.canvas.background.fill, change);
    }
    if (all.empty()) return no_such(ask);
    Ids ids, pictures;
    for (const std::string& id : all) {
        if (can_be_filled(desk.layer(id))) ids.push_back(id);
        if (image_of(desk.layer(id))) pictures.push_back(id);
    }
    if (ids.empty() && (pictures.empty() || (way != "lighter" && way != "darker")))
        return "A picture's own colours are changed by editing the picture.";
    ids = desk.unlocked(ids);
    for (const std::string& id : ids)
        change_colors(desk.layer(id), change);
    if (ids.empty()) {
        for (const std::string& id : desk.unlocked(pictures)) {
            veil(desk, id, way == "darker" ? design::Color{0, 0, 0, 255} : design::Color{255, 255, 255, 255},
                 strength);
            desk.say(desk.called(id) + " is " + std::string(way) + " under a veil.");
        }
        return std::nullopt;
    }
    if (!ids.empty())
        desk.say(desk.called(ids) + (ids.size() == 1 ? " is " : " are ") + std::string(way) + ".");
    return std::nullopt;
}

Outcome more_contrast(Ask& ask) {
    Desk& desk = ask.desk;
    Ids all = ask.has(Slot::what) && !ask.is_canvas() ? ask.layers() : desk.ids();
    all = texts_in(desk, all);
    std::erase_if(all, [&](const std::string& id) { return !is_critical(desk.layer(id).role); });
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.empty()) return no_such(ask);
    const Ids ids = desk.unlocked(all);
    for (const std::string& id : ids)
        change_colors(desk.layer(id),
                      [](Color color) { return lightened(color, to_oklch(color).l > 0.6 ? 0.6 : -0.5); });
    if (!ids.empty()) desk.say(desk.called(ids) + (ids.size() == 1 ? " has" : " have") + " more contrast.");
    return std::nullopt;
}

Outcome set_mode(Ask& ask) {
    Desk& desk = ask.desk;
    const bool is_dark = ask.argument == "dark";
    const Color own = ground_of(desk);
    const double light = to_oklch(own).l;
    if (is_dark ? light < 0.35 : light > 0.85)
        return std::string("The design is ") + (is_dark ? "dark" : "light") + " already.";
    const Color ground =
        is_dark ? lightened(saturated(own, 0.8), -0.8) : lightened(saturated(own, 0.5), 0.92);
    Color letters = is_dark ? lightened(ground, 0.92) : lightened(saturated(ground, 2), -0.85);
    letters.a = 255;
    desk.design.canvas.background.fill = design::SolidPaint{ground};
    for (const std::string& id : desk.unlocked(grounds(desk)))
        fill(desk, id, design::SolidPaint{ground});
    for (const std::string& id : desk.unlocked(pictured_grounds(desk))) {
        if (image_of(desk.layer(id)))
            veil(desk, id, ground, 0.8);
        else
            change_colors(desk.layer(id), [&](Color old) {
                return Color{ground.r, ground.g, ground.b, old.a};
            });
    }
    for (Layer& layer : desk.design.layers) {
        auto* text = text_of(layer);
        const auto color = desk.color_of(layer.id);
        if (!text || layer.locked || !color || !plate_of(desk, layer.id).empty()) continue;
        if (is_opaque(desk, card_of(desk, layer.id))) continue;  // its card stays as it is
        const bool is_lost = design::contrast(*color, ground) < 4.5;
        if (is_lost)
            fill_text(*text, design::SolidPaint{to_oklch(*color).chroma > 0.08
                                                    ? lightened(*color, is_dark ? 0.6 : -0.4)
                                                    : letters});
    }
    for (Layer& layer : desk.design.layers) {
        // A button that is only an outline stands on the ground as texts do.
        auto* group = std::get_if<design::GroupContent>(&layer.content);
        if (!group || desk.is_locked(layer.id)) continue;
        const bool is_hollow = std::none_of(group->layers.begin(), group->layers.end(),
                                            [&](const Layer& part) { return is_opaque(desk, part.id); });
        if (!is_hollow) continue;
        for (Layer& part : group->layers) {
            if (auto* text = text_of(part)) fill_text(*text, design::SolidPaint{letters});
            auto* shape = std::get_if<design::ShapeContent>(&part.content);
            if (shape && shape->stroke) shape->stroke->color = letters;
        }
    }
    desk.say(std::string("The design is ") + (is_dark ? "dark." : "light."));
    return std::nullopt;
}

Outcome paint_like(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids others = ask.layers(Slot::other);
    if (others.empty()) return no_such(ask, Slot::other);
    const auto color = desk.color_of(others[0]);
    if (!color) return desk.called(others) + " has no colour of its own.";
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    const Ids ids = desk.unlocked(all);
    for (const std::string& id : ids)
        fill(desk, id, design::SolidPaint{*color});
    if (!ids.empty()) desk.say(desk.called(ids) + " has the colour of " + desk.called(others) + ".");
    return std::nullopt;
}

Outcome wear_brand(Ask& ask) {
    Desk& desk = ask.desk;
    if (!desk.kit) return "There is no brand kit whose colours and fonts could be used.";
    design::Brand brand = *desk.kit;
    const design::Brand old = desk.design.brand;
    const std::string_view part = ask.argument;
    if (part == "colors") {
        brand.heading_font = old.heading_font;
        brand.body_font = old.body_font;
        brand.logo_asset_id = old.logo_asset_id;
    } else if (part == "fonts") {
        brand.primary = old.primary;
        brand.secondary = old.secondary;
        brand.accent = old.accent;
        brand.background = old.background;
        brand.text = old.text;
        brand.logo_asset_id = old.logo_asset_id;
    }
    const design::Design before = desk.design;
    desk.design = design::dress(desk.design, brand);
    Desk was(before, std::nullopt, desk.measurer);
    Ids locked;
    for (const std::string& id : was.ids())
        if (was.layer(id).locked && !(was.layer(id) == desk.layer(id))) {
            desk.layer(id) = was.layer(id);
            locked.push_back(id);
        }
    if (!locked.empty()) desk.unlocked(locked);
    desk.say(part == "colors"  ? "The design wears the brand's colours."
             : part == "fonts" ? "The design is set in the brand's fonts."
                               : "The design wears the brand's colours, fonts and logo.");
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
