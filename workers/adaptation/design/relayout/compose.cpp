#include "workers/adaptation/design/relayout/compose.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "workers/adaptation/design/relayout/flow.hpp"
#include "workers/adaptation/design/relayout/places.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Align;
using design::Box;
using design::Design;
using design::Role;

/// From here on a canvas is a strip: one row.
constexpr double kStrip = 4.2;
/// An image smaller than this share of the canvas gets no place of its own.
constexpr double kLeastArt = 0.08;

struct Message {
    std::vector<Block> blocks;
    Box bounds;
    Align align = Align::left;
    bool is_rtl = false;
};

const design::TextContent* headline_of(const std::vector<design::Layer>& layers) {
    for (const design::Layer& layer : layers) {
        const auto* text = std::get_if<design::TextContent>(&layer.content);
        if (text && layer.visible && layer.role == Role::headline) return text;
        if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
            if (const auto* found = headline_of(group->layers)) return found;
    }
    return nullptr;
}

/// Hebrew, Arabic and their neighbours.
bool begins_rtl(const design::TextContent& text) {
    if (text.direction != design::Direction::automatic) return text.direction == design::Direction::rtl;
    for (const unsigned char c : text.runs.front().text) {
        if (c >= 0xD6 && c <= 0xDF) return true;
        if (c > ' ') return false;
    }
    return false;
}

Message message_of(const Design& design, const std::vector<Part>& parts) {
    Message out;
    if (const design::TextContent* headline = headline_of(design.layers)) {
        out.is_rtl = begins_rtl(*headline);
        out.align =
            headline->align == Align::justify ? (out.is_rtl ? Align::right : Align::left) : headline->align;
    }
    out.blocks = blocks_of(design, parts, out.is_rtl);
    for (const Part& part : parts)
        if (part.kind == Kind::unit) out.bounds = joined(out.bounds, part.bounds);
    return out;
}

bool has_picture(const Design& design, const std::vector<Part>& parts, Kind kind) {
    return std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        const auto& content = design.layers[part.index].content;
        return part.kind == kind && (std::holds_alternative<design::ImageContent>(content) ||
                                     std::holds_alternative<design::SmartImageContent>(content));
    });
}

Box inset(const Box& box, double margin) {
    const double x = std::min(margin, box.width * 0.2), y = std::min(margin, box.height * 0.2);
    return {box.x + x, box.y + y, box.width - 2 * x, box.height - 2 * y};
}

/// A call to action at the end of a strip, and the rest of it.
struct Ending {
    std::optional<Block> block;
    Box place;
};

Ending take_ending(Message& message, Box& room, double least) {
    const auto found = std::find_if(message.blocks.begin(), message.blocks.end(),
                                    [](const Block& b) { return b.role == Role::cta && !b.is_text; });
    if (found == message.blocks.end()) return {};
    double factor =
        std::min(room.height * 0.62 / found->bounds.height, room.width * 0.28 / found->bounds.width);
    factor = std::max(factor, least / found->letters.least);
    const double width = found->bounds.width * factor, height = found->bounds.height * factor;
    if (width > room.width * 0.4 || height > room.height) return {};
    Ending out{
        *found,
        {message.is_rtl ? room.x : room.right() - width, room.y + (room.height - height) / 2, width, height}};
    message.blocks.erase(found);
    const double taken = width + room.height * 0.25;
    if (message.is_rtl) room.x += taken;
    room.width -= taken;
    return out;
}

class Composition {
  public:
    Composition(const Design& design, const std::vector<Part>& parts, Size from, Size to)
        : design_(design),
          parts_(parts),
          from_(from),
          to_(to),
          message_(message_of(design, parts)),
          art_(art_of(parts, sheet_of(design))),
          sheet_(map_sheet(sheet_of(design), from, to)) {
        const bool is_strip = to.width / to.height >= kStrip;
        settings_.least = least_letters(to.width, to.height);
        settings_.most_factor = 1.5 * std::sqrt(to.width * to.height / (from.width * from.height));
        settings_.align = is_strip && message_.align == Align::center
                              ? (message_.is_rtl ? Align::right : Align::left)
                              : message_.align;
        settings_.is_strip = is_strip;
        settings_.is_rtl = message_.is_rtl;
    }

    Design best() const {
        const bool has_art = art_.bounds.area() >= kLeastArt * from_.width * from_.height;
        if (!has_art) return tried(divided(sheet_, Side::none, 0)).design;
        std::optional<Try> best;
        // The image gives way only where the message gains by it.
        const Arrangement arrangement{art_.bounds, message_.bounds, has_picture(design_, parts_, Kind::art),
                                      is_panel(), message_.is_rtl};
        for (const Side side : sides_of(arrangement, from_, to_))
            for (const double part : {1.0, 0.8, 0.6}) {
                Try next = tried(divided(sheet_, side, natural_share(arrangement, sheet_, side) * part));
                if (!best || next.worth() > best->worth() * 1.06) best = std::move(next);
            }
        return std::move(best->design);
    }

  private:
    struct Try {
        Design design;
        double kept = 0;    ///< importance of what is shown
        double factor = 0;  ///< of its letters, where 1 keeps their share of the canvas
        double image = 1;   ///< the same of the image
        double worth() const {
            return kept * (0.5 + std::min(1.0, factor)) * (0.5 + 0.5 * std::min(1.0, image));
        }
    };

    bool is_panel() const {
        return !has_picture(design_, parts_, Kind::art) &&
               std::any_of(art_.parts.begin(), art_.parts.end(), [&](const Part& part) {
                   return part.edges.count() == 3 &&
                          clipped(part.bounds, art_.bounds).area() > 0.7 * art_.bounds.area();
               });
    }

    Box room_for_message(const Places& places) const {
        const double shorter = std::min(to_.width, to_.height);
        Box room = inset(places.message, std::max(4.0, shorter * (settings_.is_strip ? 0.12 : 0.075)));
        if (places.side != Side::none || !has_picture(design_, parts_, Kind::ground)) return room;
        // On a picture the message keeps to the part of the width that it had: there the picture is calm.
        const Box& old = message_.bounds;
        const double left = std::max(room.x, old.x / from_.width * to_.width);
        const double right =
            std::min(room.right(), std::max(old.right() / from_.width * to_.width * 1.05, to_.width * 0.6));
        return {left, room.y, right - left, room.height};
    }

    Try tried(const Places& places) const {
        Try out{design_, 0, 0, 1};
        const double factor = std::min(to_.width / from_.width, to_.height / from_.height);
        for (const Part& part : parts_)
            if (part.kind == Kind::ground)
                map_ground(out.design.layers[part.index], part, from_, to_, factor);
        if (places.side == Side::none)
            keep_without_place(out.design);
        else
            out.image = map_art(out.design, art_, places.art, sheet_, settings_.least) /
                        (settings_.most_factor / 1.5);

        Message message = message_;
        // A low canvas has no height to spare for letters that only adorn, a strip none for rules.
        if (to_.width > 1.7 * to_.height)
            std::erase_if(message.blocks, [&](const Block& block) {
                return block.is_rule() ? settings_.is_strip : !design::is_critical(block.role);
            });
        Box room = room_for_message(places);
        if (places.side == Side::none) avoid_pinned(out.design, room);
        const Ending ending = settings_.is_strip ? take_ending(message, room, settings_.least) : Ending{};
        Flow set = flow(design_, message.blocks, room, settings_);
        hide_all(out.design);
        apply(out.design, set, settings_);
        for (const Setting& setting : set.settings) {
            out.kept += 1 + 2.0 * (setting.block.role < Role::body);
            for (const std::size_t index : setting.block.layers)
                out.design.layers[index].visible = true;
        }
        out.factor = set.factor / (settings_.most_factor / 1.5);
        if (ending.block) show_ending(out.design, ending);
        return out;
    }

    void hide_all(Design& design) const {
        for (const Part& part : parts_)
            if (part.kind == Kind::unit || part.kind == Kind::detail)
                design.layers[part.index].visible = false;
    }

    void show_ending(Design& design, const Ending& ending) const {
        Flow end;
        end.settings.push_back(
            {*ending.block, ending.place.width / ending.block->bounds.width, ending.place});
        apply(design, end, settings_);
        for (const std::size_t index : ending.block->layers)
            design.layers[index].visible = true;
    }

    /// Small decorations have no place in the new order; badges keep to their corner of the canvas.
    void keep_without_place(Design& design) const {
        for (const Part& part : art_.parts)
            design.layers[part.index].visible = false;
        Art canvas;
        canvas.bounds = {0, 0, from_.width, from_.height};
        canvas.pinned = art_.pinned;
        const Box whole{0, 0, to_.width, to_.height};
        map_art(design, canvas, whole, sheet_, settings_.least);
    }

    void avoid_pinned(const Design& design, Box& room) const {
        for (const Part& part : art_.pinned) {
            const design::Layer& layer = design.layers[part.index];
            const Box badge = taken(layer);
            if (!layer.visible || !do_touch(badge, room)) continue;
            const double above = badge.y - room.y, below = room.bottom() - badge.bottom();
            if (above >= below) {
                room.height = std::max(1.0, above);
            } else {
                room.height = std::max(1.0, below);
                room.y = badge.bottom();
            }
        }
    }

    const Design& design_;
    const std::vector<Part>& parts_;
    Size from_, to_;
    Message message_;
    Art art_;
    Box sheet_;
    FlowSettings settings_;
};

}  // namespace

void compose(Design& design, const std::vector<Part>& parts, Size from, Size to) {
    Design made = Composition(design, parts, from, to).best();
    design = std::move(made);
}

}  // namespace atelier::adaptation::design_render
