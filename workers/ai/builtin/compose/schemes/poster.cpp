// Schemes of printed matter: posters, magazines, programmes.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/figure.hpp"
#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

namespace {

/// One line as large as the box lets it be; the room that it took.
Box giant(Sheet& s, const std::string& text, Box box, design::Role role, design::Color color,
          const Surface& on, Align align) {
    Face face = s.type.heading;
    face.line_height = 1;
    const double em = std::max(0.1, s.metrics.width(face, text));
    const double size = std::floor(std::min(box.width * 0.98 / em, box.height));
    TextSpec spec;
    spec.face = face;
    spec.text = text;
    spec.name = "Figure";
    spec.role = role;
    spec.size = size;
    spec.align = align;
    spec.fill = solid(color);
    if (role == design::Role::badge && color == on.accent_ink && !s.pal.metal.empty())
        spec.fill = design::LinearPaint{90, s.pal.metal};
    spec.box = {
        align == Align::center ? box.x + (box.width - std::min(box.width, em * size * 1.02)) / 2 : box.x,
        box.y, std::min(box.width, em * size * 1.02), size};
    draw_text(s, spec, on.ground);
    return spec.box;
}

}  // namespace

void draw_big_figure(Sheet& s) {
    const Figure figure = *figure_of(s.copy);
    const Surface on = s.on_ground();
    const bool is_offer = s.copy.badge.find(figure.number) != std::string::npos;

    Box words;
    if (s.is_wide()) {
        s.background_art(Calm::left);
        s.veil(s.whole(), 0.84);
        Box left{s.margin, s.margin, s.w * 0.42 - s.margin, s.h - 2 * s.margin};
        const double unit_height = figure.unit.empty() ? 0 : left.height * 0.22;
        Box room{left.x, left.y, left.width, left.height - unit_height};
        const double em = std::max(0.1, s.metrics.width(s.type.heading, figure.number));
        const double height = std::min(room.height, room.width * 0.98 / em);
        const double top = left.y + (left.height - height - unit_height) / 2;
        const Box number = giant(s, figure.number, {left.x, top, left.width, height}, design::Role::badge,
                                 on.accent_ink, on, Align::center);
        if (unit_height > 0)
            giant(s, figure.unit, {left.x, number.bottom(), left.width, unit_height * 0.9},
                  design::Role::badge, on.ink, on, Align::center);
        s.rule({s.w * 0.45, s.margin * 1.4, std::max(1.0, s.unit * 0.003), s.h - 2.8 * s.margin},
               on.accent_ink);
        words = {s.w * 0.45 + s.margin, s.margin, s.w * 0.55 - 2 * s.margin, s.h - 2 * s.margin};
    } else {
        s.background_art(Calm::top);
        s.veil(s.whole(), 0.8);
        const double height = s.is_tall() ? s.h * 0.27 : s.h * 0.34;
        const Box number = giant(s, figure.number, {s.margin, s.margin * 0.8, s.w - 2 * s.margin, height},
                                 design::Role::badge, on.accent_ink, on, Align::left);
        double bottom = number.bottom();
        if (!figure.unit.empty()) {
            const bool fits_beside = s.w - number.right() - s.margin * 1.5 > s.w * 0.22;
            const Box beside{number.right() + s.margin * 0.5, number.y + number.height * 0.52,
                             s.w - number.right() - s.margin * 1.5, number.height * 0.36};
            const Box below{s.margin, bottom, s.w - 2 * s.margin, height * 0.3};
            bottom = std::max(bottom, giant(s, figure.unit, fits_beside ? beside : below, design::Role::badge,
                                            on.ink, on, Align::left)
                                          .bottom());
        }
        words = {s.margin, bottom + s.text, s.w - 2 * s.margin, s.h - bottom - s.text - s.margin};
    }
    stack(s, words,
          {.surface = on,
           .vertical = s.is_wide() ? VerticalAlign::middle : VerticalAlign::bottom,
           .largest = 0.13,
           .most_lines = 4,
           .button = is_offer ? Button::pill : Button::square,
           .may_emphasise = false,
           .is_metal = false});
}

void draw_swiss_grid(Sheet& s) {
    const Surface on = s.on_ground();
    const double side = std::min(s.w, s.h), line = std::max(1.0, side * 0.003);
    // A twelfth of the width is the module; shapes and words stand on its lines.
    const double module = (s.w - 2 * s.margin) / 12;
    s.rule({s.margin, s.margin, s.w - 2 * s.margin, line}, on.ink);
    if (s.is_wide()) {
        const double d = std::min(s.h * 0.7, module * 4.6);
        s.panel({s.w - s.margin - d, s.h - s.margin - d, d, d}, {d / 2, d / 2, d / 2, d / 2});
        const Box words{s.margin, s.margin + s.text, s.w - 2 * s.margin - d - module * 0.5,
                        s.h - 2 * s.margin - s.text};
        spread(s, words,
               {.surface = on,
                .vertical = VerticalAlign::bottom,
                .largest = 0.2,
                .most_lines = 4,
                .button = Button::line});
        return;
    }
    const double d = s.is_tall() ? module * 8 : module * 4.8;
    const double top = s.margin + s.text * 3.2;
    const double beside = 12 * module - d - module * 0.5;
    const auto figure = beside > d * 0.6 ? figure_of(s.copy) : std::nullopt;
    if (figure) {
        s.panel({s.w - s.margin - d, top, d, d}, {d / 2, d / 2, d / 2, d / 2});
        const double height = figure->unit.empty() ? d * 0.6 : d * 0.5;
        const Box number = giant(s, figure->number, {s.margin, top, beside, height}, design::Role::badge,
                                 on.accent_ink, on, Align::left);
        if (!figure->unit.empty())
            giant(s, figure->unit, {s.margin, number.bottom(), beside, d * 0.22}, design::Role::badge, on.ink,
                  on, Align::left);
    } else {
        s.panel({s.margin + module * 3, top, module * 9, d});
    }
    const Box head{s.margin, s.margin + line + s.text * 0.6, s.w - 2 * s.margin, s.text * 2};
    stack(s, head, {.parts = kKicker | kBrand, .surface = on, .vertical = VerticalAlign::top});
    const double from = top + d + s.margin * 0.6;
    stack(s, {s.margin, from, s.w - 2 * s.margin, s.h - from - s.margin},
          {.parts = kAllParts & ~unsigned(kKicker | kBrand),
           .surface = on,
           .vertical = VerticalAlign::bottom,
           .largest = 0.2,
           .most_lines = 3,
           .button = Button::line});
}

void draw_magazine(Sheet& s) {
    s.background_art(s.is_wide() ? Calm::left : Calm::bottom);
    const Surface on = s.on_veil();
    const std::string masthead = s.brief.brand.empty() ? s.brief.occasion : s.brief.brand;
    s.fading_veil(top_part(s.whole(), 0.34), 90, 0.5, 0.82);
    Box words = s.is_wide() ? Box{s.margin, s.margin, s.w * 0.5 - s.margin, s.h - 2 * s.margin}
                            : Box{s.margin, s.h * 0.62, s.w - 2 * s.margin, s.h * 0.38 - s.margin};
    if (s.is_wide())
        s.fading_veil(s.whole(), 0, 0.54, 0.86);
    else
        s.fading_veil({0, s.h * 0.46, s.w, s.h * 0.54}, 270, 0.66, 0.92);
    if (s.has_subject())
        s.cutout(s.is_wide() ? Box{s.w * 0.54, s.h * 0.14, s.w * 0.42, s.h * 0.78}
                             : Box{s.w * 0.1, s.h * 0.2, s.w * 0.8, s.h * 0.41});
    unsigned parts = kAllParts;
    if (!masthead.empty()) {
        Box top{s.margin, s.margin * 0.8, s.w - 2 * s.margin, s.is_wide() ? s.h * 0.2 : s.h * 0.15};
        const Box taken = giant(s, masthead, top, design::Role::logo, on.ink, on,
                                s.is_wide() ? Align::left : Align::center);
        parts &= ~unsigned(kBrand);
        if (s.copy.kicker.find(masthead) != std::string::npos) parts &= ~unsigned(kKicker);
        if (s.is_wide()) words.y = taken.bottom() + s.text, words.height = s.h - s.margin - words.y;
    }
    stack(s, words,
          {.parts = parts,
           .surface = on,
           .vertical = VerticalAlign::bottom,
           .largest = 0.13,
           .most_lines = 3,
           .button = Button::outline});
}

void draw_rail(Sheet& s) {
    const double rail = std::max(s.margin * 1.25, std::min(s.w, s.h) * 0.1);
    const Surface on_rail = s.on_primary(), on = s.on_ground();
    const Box whole{rail, 0, s.w - rail, s.h};
    if (s.is_wide())
        s.panel(right_part(whole, 0.42));
    else
        s.panel(top_part(whole, 0.44));
    s.rectangle("Rail", {0, 0, rail, s.h}, solid(s.pal.primary));
    unsigned parts = kAllParts;
    const std::string along = s.copy.kicker.empty() ? s.brief.brand : s.copy.kicker;
    if (!along.empty()) {
        TextSpec spec;
        spec.face = s.type.strong;
        spec.face.letter_spacing = s.is_right_to_left() ? 0 : 0.14;
        spec.face.is_uppercase = !s.is_right_to_left();
        const double em = s.metrics.width(spec.face, along) * 1.03;
        spec.size = std::floor(std::min({rail * 0.34, s.text * 1.2, (s.h - 2 * s.margin) / em}) * 10) / 10;
        const double length = em * spec.size, height = spec.size * 1.3;
        // Turned about its middle, which lies in the rail's.
        spec.box = {rail / 2 - length / 2, s.h - s.margin - length / 2 - height / 2, length, height};
        spec.rotation = 270;
        spec.text = along;
        spec.name = "Rail words";
        spec.role = design::Role::subheadline;
        spec.align = Align::center;
        spec.vertical = VerticalAlign::middle;
        spec.fill = solid(on_rail.ink);
        if (spec.size >= 9) {
            s.add(text_layer(s, spec));
            parts &= ~unsigned(kKicker);
        }
    }
    const Box words =
        s.is_wide() ? Box{rail + s.margin, s.margin, whole.width * 0.58 - 2 * s.margin, s.h - 2 * s.margin}
                    : Box{rail + s.margin * 0.8, s.h * 0.44 + s.margin * 0.8, whole.width - 1.6 * s.margin,
                          s.h * 0.56 - 1.8 * s.margin};
    stack(s, words,
          {.parts = parts, .surface = on, .largest = 0.16, .most_lines = 4, .button = Button::square});
    const double size = std::min(s.w, s.h) * 0.22;
    s.badge({s.w - size * 0.5 - s.margin * 0.6, size * 0.5 + s.margin * 0.6}, size, on, 8);
}

void draw_minimal(Sheet& s) {
    const Surface on = s.on_ground();
    const double side = std::min(s.w, s.h);
    if (s.is_wide()) {
        const double d = std::min(s.h * 0.62, s.w * 0.34);
        if (s.has_subject())
            s.cutout({s.w - s.margin * 1.6 - d, (s.h - d) / 2, d, d});
        else
            s.panel({s.w - s.margin * 1.6 - d, (s.h - d) / 2, d, d});
        spread(s, {s.margin * 1.4, s.margin * 1.4, s.w - d - s.margin * 4.4, s.h - 2.8 * s.margin},
               {.surface = on, .largest = 0.13, .most_lines = 4, .button = Button::line});
        return;
    }
    const double d = s.w * (s.is_tall() ? 0.58 : 0.36);
    const Box picture{(s.w - d) / 2, s.h * (s.is_tall() ? 0.12 : 0.08), d, d};
    if (s.has_subject())
        s.cutout(picture);
    else
        s.panel(picture, {side * 0.02, side * 0.02, side * 0.02, side * 0.02});
    const double from = picture.bottom() + s.margin * 0.7;
    stack(s, {s.margin * 1.2, from, s.w - 2.4 * s.margin, s.h - from - s.margin},
          {.surface = on, .align = Align::center, .largest = 0.13, .most_lines = 3, .button = Button::line});
}

void draw_columns(Sheet& s) {
    const double side = std::min(s.w, s.h), line = std::max(1.0, side * 0.0025);
    const double band = s.is_tall() ? 0.22 : 0.2;
    s.background_art(Calm::nowhere);
    const Box paper = inset(s.whole(), s.margin * 1.1, s.h * band * 0.6);
    s.rectangle("Paper", paper, solid(s.pal.ground)).shadow =
        design::Shadow{{0, 0, 0, 46}, 0, side * 0.008, side * 0.04};
    s.frame("Paper line", inset(paper, side * 0.02), s.on_ground().accent_ink, line);
    const Surface on_paper = s.on_ground();
    stack(s, inset(paper, s.margin * 1.05, s.margin * 0.8),
          {.surface = on_paper,
           .align = Align::center,
           .largest = 0.14,
           .most_lines = 3,
           .button = Button::outline,
           .has_rule = true});
}

}  // namespace atelier::ai::builtin::layout
