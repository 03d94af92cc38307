// Schemes that look like things: a ticket, photographs, tiles, a stamp.

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/compose/ornament.hpp"
#include "workers/ai/builtin/compose/scheme.hpp"
#include "workers/ai/builtin/compose/text_layers.hpp"

namespace atelier::ai::builtin::layout {

using design::Align;
using design::Box;
using design::VerticalAlign;

void draw_ticket(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.background_art(Calm::middle);
    const Box ticket = s.is_wide() ? inset(s.whole(), s.margin * 1.2, s.h * 0.14)
                                   : inset(s.whole(), s.margin * 1.1, s.is_tall() ? s.h * 0.16 : s.h * 0.13);
    const Surface on = s.on_ground(), on_stub = s.on_accent();
    const double radius = side * 0.025;
    s.rectangle("Ticket", ticket, solid(s.pal.ground), radius).shadow =
        design::Shadow{{0, 0, 0, 64}, 0, side * 0.01, side * 0.045};
    Box words, stub;
    const double share = s.is_wide() ? 0.3 : 0.34;
    if (s.is_wide()) {
        stub = right_part(ticket, share);
        words = left_part(ticket, 1 - share);
        design::Layer& plate = s.rectangle("Stub", stub, solid(s.pal.accent));
        std::get<design::ShapeContent>(plate.content).outline.corner_radii = {0, radius, radius, 0};
        for (double y = ticket.y + side * 0.03; y < ticket.bottom() - side * 0.03; y += side * 0.034)
            s.ellipse("Hole", {stub.x - side * 0.006, y, side * 0.012, side * 0.012}, solid(s.pal.surface));
    } else {
        stub = bottom_part(ticket, share);
        words = top_part(ticket, 1 - share);
        design::Layer& plate = s.rectangle("Stub", stub, solid(s.pal.accent));
        std::get<design::ShapeContent>(plate.content).outline.corner_radii = {0, 0, radius, radius};
        for (double x = ticket.x + side * 0.03; x < ticket.right() - side * 0.03; x += side * 0.034)
            s.ellipse("Hole", {x, stub.y - side * 0.006, side * 0.012, side * 0.012}, solid(s.pal.surface));
    }
    stack(s, inset(words, s.margin * 0.9, s.margin * 0.7),
          {.parts = kBrand | kKicker | kHeadline | kSubheadline | kBody,
           .surface = on,
           .largest = 0.15,
           .most_lines = 4});
    stack(s, inset(stub, s.margin * 0.6, s.margin * 0.5),
          {.parts = kBadge | kCta | kCaption,
           .surface = on_stub,
           .align = Align::center,
           .text_scale = 1.1,
           .button = Button::rounded});
}

void draw_polaroid(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.ground(s.pal.surface);
    const Surface on = s.on_surface();
    const double size = s.is_wide() ? std::min(s.h * 0.7, s.w * 0.38) : s.w * (s.is_tall() ? 0.62 : 0.37);
    const design::Point middle = s.is_wide() ? design::Point{s.w - s.margin * 1.3 - size * 0.5, s.h * 0.5}
                                             : design::Point{s.w * 0.5, s.margin * 0.9 + size * 0.62};
    const auto photo = [&](design::Point at, double scale, double turn, bool is_picture) {
        const double width = size * scale, height = width * 1.18;
        const Box frame{at.x - width / 2, at.y - height / 2, width, height};
        design::Layer& paper = s.rectangle("Photo paper", frame, solid({255, 255, 255, 255}), side * 0.006);
        paper.rotation = std::fmod(turn + 360, 360);
        paper.shadow = design::Shadow{{0, 0, 0, 70}, 0, side * 0.008, side * 0.035};
        const Box inner{frame.x + width * 0.06, frame.y + width * 0.06, width * 0.88, height - width * 0.28};
        if (!is_picture) {
            s.rectangle("Photo", inner, linear(60, s.pal.primary, s.pal.accent)).rotation = paper.rotation;
            return;
        }
        // A turned box about the paper's middle: its own middle turns with it.
        const double angle = turn * 3.14159265358979323846 / 180, dy = inner.middle().y - at.y;
        Box turned = inner;
        turned.x += -dy * std::sin(angle);
        turned.y += dy * std::cos(angle) - dy;
        s.panel(turned).rotation = std::fmod(turn + 360, 360);
    };
    photo(middle, 0.98, -7, false);
    photo(middle, 1.0, 4, true);
    const Box words = s.is_wide() ? Box{s.margin, s.margin, s.w - size - s.margin * 3.6, s.h - 2 * s.margin}
                                  : Box{s.margin, middle.y + size * 0.68, s.w - 2 * s.margin,
                                        s.h - middle.y - size * 0.68 - s.margin};
    stack(s, words,
          {.surface = on,
           .align = s.is_wide() ? Align::left : Align::center,
           .largest = 0.14,
           .most_lines = 3});
    const double d = side * 0.2;
    s.badge(s.is_wide() ? design::Point{middle.x - size * 0.5, middle.y - size * 0.48}
                        : design::Point{middle.x + size * 0.55, middle.y - size * 0.4},
            d, on, 12);
}

void draw_overlap(Sheet& s) {
    const Surface on_primary = s.on_primary();
    const double side = std::min(s.w, s.h);
    if (s.is_wide()) {
        s.rectangle("Block", {s.w * 0.5, 0, s.w * 0.5, s.h * 0.8}, solid(s.pal.surface));
        s.panel({s.w * 0.42, s.h * 0.1, s.w * 0.52, s.h * 0.8});
        const Box plate{s.margin, s.h * 0.12, s.w * 0.52, s.h * 0.76};
        s.rectangle("Accent", {plate.x - side * 0.025, plate.y + side * 0.025, plate.width, plate.height},
                    solid(s.pal.accent));
        s.rectangle("Plate", plate, solid(s.pal.primary));
        stack(s, inset(plate, s.margin * 0.8, s.margin * 0.6),
              {.surface = on_primary,
               .largest = 0.15,
               .most_lines = 4,
               .button = Button::square,
               .is_metal = false});
    } else {
        s.rectangle("Block", {0, 0, s.w * 0.82, s.h * 0.5}, solid(s.pal.surface));
        s.panel({s.margin, s.margin, s.w - 2 * s.margin, s.h * 0.5});
        const double top = s.is_tall() ? 0.46 : 0.43;
        const Box plate{s.w * 0.13, s.h * top, s.w * 0.87 - s.margin, s.h * (1 - top) - s.margin};
        s.rectangle("Accent", {plate.x - side * 0.025, plate.y + side * 0.025, plate.width, plate.height},
                    solid(s.pal.accent));
        s.rectangle("Plate", plate, solid(s.pal.primary));
        stack(s, inset(plate, s.margin * 0.8, s.margin * 0.7),
              {.surface = on_primary,
               .largest = 0.15,
               .most_lines = 4,
               .button = Button::square,
               .is_metal = false});
    }
    const double d = side * 0.2;
    s.badge({s.w - s.margin - d * 0.62, s.margin + d * 0.62}, d, s.on_ground(), 8);
}

void draw_mosaic(Sheet& s) {
    const Surface on_primary = s.on_primary();
    const double gap = std::max(2.0, s.unit * 0.012);
    s.ground(s.pal.ground);
    const Box all = inset(s.whole(), gap);
    const int columns = s.is_wide() ? 4 : 3, rows = s.is_tall() ? 5 : s.is_wide() ? 2 : 3;
    const double cw = (all.width - gap * (columns - 1)) / columns,
                 ch = (all.height - gap * (rows - 1)) / rows;
    const auto cell = [&](int column, int row, int across, int down) {
        return Box{all.x + column * (cw + gap), all.y + row * (ch + gap), cw * across + gap * (across - 1),
                   ch * down + gap * (down - 1)};
    };
    // The words take the largest tile, pictures and plain tiles the rest.
    const Box words = s.is_wide() ? cell(0, 0, 2, 2) : s.is_tall() ? cell(0, 2, 3, 2) : cell(0, 1, 2, 2);
    s.rectangle("Tile", words, solid(s.pal.primary));
    const Box picture = s.is_wide() ? cell(2, 0, 2, 1) : s.is_tall() ? cell(0, 0, 3, 2) : cell(0, 0, 3, 1);
    s.panel(picture);
    const Box a = s.is_wide() ? cell(2, 1, 1, 1) : s.is_tall() ? cell(0, 4, 2, 1) : cell(2, 1, 1, 1);
    const Box b = s.is_wide() ? cell(3, 1, 1, 1) : s.is_tall() ? cell(2, 4, 1, 1) : cell(2, 2, 1, 1);
    s.rectangle("Tile", a, solid(s.pal.accent));
    const double r = std::min(b.width, b.height);
    s.background_art(Calm::nowhere, b);
    const bool has_action = !s.copy.cta.empty() && a.width > s.unit * 0.3;
    const bool has_badge = !s.copy.badge.empty();
    unsigned parts = kAllParts;
    if (has_badge) {
        stack(s, inset(a, s.margin * 0.35),
              {.parts = kBadge, .surface = s.on_accent(), .align = Align::center, .text_scale = 1.3});
    } else if (has_action) {
        parts &= ~unsigned(kCta);
        stack(s, inset(a, s.margin * 0.3),
              {.parts = kCta,
               .surface = s.on_accent(),
               .align = Align::center,
               .text_scale = 1.3,
               .button = Button::line});
    } else {
        dot_grid(s, inset(a, a.width * 0.28, a.height * 0.28), 4, 4, s.pal.on_accent, r * 0.04);
    }
    stack(s, inset(words, s.margin * 0.75),
          {.parts = parts,
           .surface = on_primary,
           .vertical = VerticalAlign::bottom,
           .largest = 0.17,
           .most_lines = 4,
           .button = Button::square,
           .is_metal = false});
}

void draw_disc(Sheet& s) {
    const double side = std::min(s.w, s.h);
    s.background_art(Calm::middle);
    const double d = side * 0.88;
    const Box disc{(s.w - d) / 2, (s.h - d) / 2, d, d};
    const bool is_primary = s.dice.chance(0.4);
    const Surface on = is_primary ? s.on_primary() : s.on_ground();
    s.ellipse("Disc", disc, solid(on.ground)).shadow =
        design::Shadow{{0, 0, 0, 60}, 0, side * 0.01, side * 0.05};
    s.ring("Ring", inset(disc, d * 0.03), on.accent_ink, side * 0.003);
    s.ring("Inner ring", inset(disc, d * 0.042), on.accent_ink, side * 0.0015);
    stack(s, inset(disc, d * 0.165, d * 0.17),
          {.surface = on,
           .align = Align::center,
           .largest = 0.13,
           .most_lines = 4,
           .button = Button::pill,
           .is_metal = !is_primary});
}

void draw_spotlight(Sheet& s) {
    const double side = std::min(s.w, s.h);
    const Surface on = s.on_ground();
    s.ground(design::RadialPaint{
        {0.5, 0.52}, 0.62, {{0, design::mix(s.pal.ground, s.pal.surface, 0.9)}, {1, s.pal.ground}}});
    const double d = s.is_tall() ? s.w * 0.84 : side * 0.46;
    const design::Point middle{s.w / 2, s.is_tall() ? s.h * 0.5 : s.h * 0.52};
    s.ellipse("Spot", {middle.x - d / 2, middle.y - d / 2, d, d}, solid(s.pal.primary));
    s.ring("Ring", {middle.x - d * 0.54, middle.y - d * 0.54, d * 1.08, d * 1.08}, on.accent_ink,
           side * 0.003);
    s.cutout({middle.x - d * 0.46, middle.y - d * 0.46, d * 0.92, d * 0.92});
    const Box top{s.margin, s.margin, s.w - 2 * s.margin, middle.y - d * 0.56 - s.margin - side * 0.02};
    const double from = middle.y + d * 0.56 + side * 0.02;
    const Box low{s.margin, from, s.w - 2 * s.margin, s.h - from - s.margin * 0.8};
    stack(s, top,
          {.parts = kBrand | kKicker | kHeadline,
           .surface = on,
           .align = Align::center,
           .largest = 0.15,
           .most_lines = 2});
    stack(s, low, {.parts = kSubheadline | kBody | kCta | kCaption, .surface = on, .align = Align::center});
    edge_ornaments(s, {top, low, {middle.x - d * 0.55, middle.y - d * 0.55, d * 1.1, d * 1.1}}, on);
    const double size = side * 0.2;
    s.badge({middle.x + d * 0.5, middle.y - d * 0.3}, size, on, 10);
}

}  // namespace atelier::ai::builtin::layout
