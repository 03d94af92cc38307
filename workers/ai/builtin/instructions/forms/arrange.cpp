#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/desk/moving.hpp"
#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/desk/scaling.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {

using design::Align;
using design::Box;

Outcome align_layers(Ask& ask) {
    const Ids all = message_of(ask);
    if (all.empty()) return no_such(ask);
    Ids others;
    if (ask.has(Slot::other)) {
        others = ask.layers(Slot::other);
        if (others.empty()) return no_such(ask, Slot::other);
    }
    Desk& desk = ask.desk;
    const Ids ids = desk.unlocked(all);
    const Box to = !others.empty() ? desk.bounds(others) : ids.size() > 1 ? desk.bounds(ids) : desk.page();
    std::string side(ask.argument);
    if (side.empty()) {
        const Spot spot = ask.spot();
        side = spot.x && *spot.x < 0   ? "left"
               : spot.x && *spot.x > 0 ? "right"
               : spot.y && *spot.y < 0 ? "top"
               : spot.y && *spot.y > 0 ? "bottom"
                                       : "center";
    }
    if (side == "with") {
        const Box first = desk.bounds(ids);
        const bool is_beside = first.y < to.bottom() && to.y < first.bottom();
        side = is_beside ? "middle" : "left";
    }
    for (const std::string& id : ids) {
        const Ids unit = with_plates(desk, {id});
        const Box box = desk.bounds(unit);
        double dx = 0, dy = 0;
        if (side == "left") dx = to.x - box.x;
        if (side == "right") dx = to.right() - box.right();
        if (side == "center") dx = to.middle().x - box.middle().x;
        if (side == "top") dy = to.y - box.y;
        if (side == "bottom") dy = to.bottom() - box.bottom();
        if (side == "middle") dy = to.middle().y - box.middle().y;
        for (const std::string& part : unit)
            desk.shift(part, dx, dy);
    }
    if (!ids.empty())
        desk.say(desk.called(ids) + (ids.size() == 1 ? " is" : " are") + " aligned (" + side + ").");
    return std::nullopt;
}

Outcome center_layers(Ask& ask) {
    const Ids all = message_of(ask);
    if (all.empty()) return no_such(ask);
    Desk& desk = ask.desk;
    const Ids ids = movable(ask, all);
    if (ids.empty()) return std::nullopt;
    Spot spot;
    if (ask.argument != "vertically") spot.x = 0;
    if (ask.argument != "horizontally" && ask.argument != "") spot.y = 0;
    if (ask.argument.empty() && ids.size() == 1 && !text_of(desk.layer(ids[0]))) spot.y = 0;
    if (!ask.is_everything() && ids.size() > 1 && plate_of(desk, ids.back()).empty()) {
        // Several layers: each in the middle, in the order in which they stand.
        for (const std::string& id : ids) {
            set_towards(desk, {id}, spot.x);
            const Box box = desk.bounds(id);
            if (spot.x) desk.shift(id, desk.width() / 2 - box.middle().x, 0);
        }
        if (spot.y) {
            const Box box = desk.bounds(ids);
            for (const std::string& id : ids)
                desk.shift(id, 0, desk.height() / 2 - box.middle().y);
        }
    } else if (!put(desk, ids, spot)) {
        return kNoRoom;
    }
    desk.say(desk.called(ids) + (ids.size() == 1 ? " is" : " are") + " centred.");
    return std::nullopt;
}

Outcome distribute(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    Desk& desk = ask.desk;
    Ids ids = desk.unlocked(all);
    if (ids.size() < 3) return "Three layers or more can be distributed.";
    const Box around = desk.bounds(ids);
    const bool is_x =
        ask.argument == "horizontally" || (ask.argument.empty() && around.width > around.height);
    const auto start = [&](const std::string& id) { return is_x ? desk.bounds(id).x : desk.bounds(id).y; };
    const auto length = [&](const std::string& id) {
        return is_x ? desk.bounds(id).width : desk.bounds(id).height;
    };
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const std::string& a, const std::string& b) { return start(a) < start(b); });
    double taken = 0;
    for (const std::string& id : ids)
        taken += length(id);
    const double gap = ((is_x ? around.width : around.height) - taken) / double(ids.size() - 1);
    double at = is_x ? around.x : around.y;
    for (const std::string& id : ids) {
        const double way = at - start(id);
        at += length(id) + gap;
        desk.shift(id, is_x ? way : 0, is_x ? 0 : way);
    }
    desk.say(desk.called(ids) + " are evenly spaced.");
    return std::nullopt;
}

Outcome swap_layers(Ask& ask) {
    Ids a = ask.layers();
    Ids b = ask.layers(Slot::other);
    if (a.empty()) return no_such(ask);
    if (!ask.has(Slot::other) && a.size() == 2) {
        b = {a[1]};
        a = {a[0]};
    }
    if (b.empty()) return no_such(ask, Slot::other);
    Desk& desk = ask.desk;
    Ids both = a;
    both.insert(both.end(), b.begin(), b.end());
    if (desk.unlocked(both).size() != both.size()) return std::nullopt;
    if (a.size() == 1 && b.size() == 1) {
        auto* x = text_of(desk.layer(a[0]));
        auto* y = text_of(desk.layer(b[0]));
        if (x && y && x->align != y->align) {
            // Two sides of a row: each is then set from its new side.
            std::swap(x->align, y->align);
            std::swap(desk.layer(a[0]).box, desk.layer(b[0]).box);
            desk.last = both;
            desk.say(desk.called(both) + " changed places.");
            return std::nullopt;
        }
    }
    a = with_plates(desk, a);
    b = with_plates(desk, b);
    const Box from = desk.bounds(a), to = desk.bounds(b);
    const bool is_stacked = (from.y >= to.bottom() - 2 || to.y >= from.bottom() - 2) && from.x < to.right() &&
                            to.x < from.right();
    if (is_stacked) {
        // One above the other: they change their order, and the gap stays.
        const bool is_above = from.y < to.y;
        const Ids &upper = is_above ? a : b, &lower = is_above ? b : a;
        const Box top = is_above ? from : to, foot = is_above ? to : from;
        for (const std::string& id : upper)
            desk.shift(id, 0, foot.bottom() - top.bottom());
        for (const std::string& id : lower)
            desk.shift(id, 0, top.y - foot.y);
        desk.last = both;
        desk.say(desk.called(both) + " changed places.");
        return std::nullopt;
    }
    // Which side of it stays in line: as its texts are set.
    const auto swap_one = [&](const Ids& ids, const Box& was, const Box& goal) {
        const auto* text = ids.size() == 1 ? text_of(desk.layer(ids[0])) : nullptr;
        const double dx = !text || text->align == Align::center ? goal.middle().x - was.middle().x
                          : text->align == Align::right         ? goal.right() - was.right()
                                                                : goal.x - was.x;
        for (const std::string& id : ids)
            desk.shift(id, dx, goal.middle().y - was.middle().y);
    };
    swap_one(a, from, to);
    swap_one(b, to, from);
    desk.last = both;
    desk.say(desk.called(both) + " changed places.");
    return std::nullopt;
}

Outcome space_between(Ask& ask) {
    const Ids all = ask.layers();
    Desk& desk = ask.desk;
    Ids ids = desk.unlocked(all);
    if (ids.size() < 2) return "Space is between two layers.";
    const Box around = desk.bounds(ids);
    const auto beside = [&](const Box& a, const Box& b) { return a.y < b.bottom() && b.y < a.bottom(); };
    const bool is_x = beside(desk.bounds(ids[0]), desk.bounds(ids[1])) && around.width > around.height;
    const auto start = [&](const std::string& id) { return is_x ? desk.bounds(id).x : desk.bounds(id).y; };
    std::stable_sort(ids.begin(), ids.end(),
                     [&](const std::string& a, const std::string& b) { return start(a) < start(b); });
    const double step =
        amount_in(ask, (is_x ? desk.width() : desk.height()) * 0.5) * (ask.argument == "less" ? -1 : 1);
    const Box first = desk.bounds(ids[0]);
    // What stands beyond the first of them goes along, so that only this one gap changes.
    Ids moved;
    for (const std::string& other : obstacles(desk, {ids[0]})) {
        const Box box = desk.bounds(other);
        const bool is_line = is_x ? beside(box, first) : box.x < first.right() && first.x < box.right();
        const bool is_chosen = std::find(ids.begin(), ids.end(), other) != ids.end();
        const bool follows = is_line && start(other) >= start(ids[1]) - 1 && !image_of(desk.layer(other)) &&
                             !desk.is_locked(other);
        if (is_chosen || follows) moved.push_back(other);
    }
    for (const std::string& id : with_plates(desk, moved)) {
        const auto nth = std::find(ids.begin(), ids.end(), id);
        const double by = step * (nth == ids.end() ? double(ids.size() - 1) : double(nth - ids.begin()));
        desk.shift(id, is_x ? by : 0, is_x ? 0 : by);
    }
    const Box now = desk.bounds(moved);
    if (now.bottom() > desk.height() || now.right() > desk.width()) return "There is no room for more space.";
    desk.say("There is " + std::string(ask.argument) + " space between " + desk.called(ids) + ".");
    return std::nullopt;
}

Outcome fill_canvas(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    Desk& desk = ask.desk;
    const Ids ids = desk.unlocked(all);
    for (const std::string& id : ids) {
        const Seat seat = *desk.seat(id);
        if (!seat.around.empty() || text_of(*seat.layer)) return desk.called(id) + " cannot fill the canvas.";
        design::Layer& layer = *seat.layer;
        if (std::holds_alternative<design::GroupContent>(layer.content))
            return desk.called(id) + " cannot fill the canvas.";
        layer.box = {0, 0, desk.width(), desk.height()};
        layer.rotation = 0;
        layer.mask.reset();
        if (auto* image = image_of(layer)) image->corner_radii = {};
        auto& list = desk.design.layers;
        // In front of the grounds that lie below it now, behind all that is written.
        auto to = list.begin();
        const auto at = list.begin() + std::ptrdiff_t(seat.index);
        while (to < at && !is_critical(to->role))
            ++to;
        if (to < at) std::rotate(to, at, at + 1);
        if (image_of(desk.layer(id))) veil(desk, id, ground_of(desk), 0.62);
        desk.say(desk.called(id) + " fills the canvas, under a veil of the background's colour.");
    }
    return std::nullopt;
}

Outcome more_space(Ask& ask) {
    Desk& desk = ask.desk;
    const double factor = ask.argument == "less" ? 1.06 : 0.92;
    const design::Point middle{desk.width() / 2, desk.height() / 2};
    Ids ids;
    for (const design::Layer& layer : desk.design.layers) {
        const bool is_small = layer.box.area() < 0.6 * desk.width() * desk.height();
        if (is_critical(layer.role) && is_small) ids.push_back(layer.id);
    }
    ids = with_plates(desk, desk.unlocked(ids));
    if (ids.empty()) return "There is nothing to move.";
    for (const std::string& id : ids) {
        const Box before = desk.bounds(id);
        scale_whole(desk.layer(id), factor);
        const Box after = desk.bounds(id);
        const double x = middle.x + (before.middle().x - middle.x) * factor;
        const double y = middle.y + (before.middle().y - middle.y) * factor;
        desk.shift(id, x - after.middle().x, y - after.middle().y);
    }
    desk.say(ask.argument == "less" ? "The message fills more of the canvas."
                                    : "The message keeps more distance from the edges.");
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
