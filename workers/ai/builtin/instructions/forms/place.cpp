#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/desk/moving.hpp"
#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/desk/scaling.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Align;
using design::Box;

std::string name_of(const Spot& spot) {
    const std::string y = !spot.y ? "" : *spot.y < 0 ? "top" : *spot.y > 0 ? "bottom" : "centre";
    const std::string x = !spot.x ? "" : *spot.x < 0 ? "left" : *spot.x > 0 ? "right" : "centre";
    if (y == x) return y;
    if (x.empty() || y.empty()) return x + y;
    return y == "centre" ? x : x == "centre" ? y : y + " " + x;
}

/// As far as the way is free of the canvas' edges.
double limited(double way, double start, double length, double room) {
    if (way < 0) return std::max(way, std::min(0.0, -start));
    return std::min(way, std::max(0.0, room - start - length));
}

}  // namespace

void set_towards(Desk& desk, const Ids& ids, std::optional<int> side) {
    if (!side || ids.size() != 1) return;
    design::Layer& layer = desk.layer(ids[0]);
    auto* text = text_of(layer);
    if (!text || layer.rotation != 0 || text->align == Align::justify) return;
    tighten(desk, layer);
    text->align = *side < 0 ? Align::left : *side > 0 ? Align::right : Align::center;
}

bool put(Desk& desk, const Ids& ids, const Spot& spot) {
    set_towards(desk, ids, spot.x);
    const Box box = desk.bounds(ids);
    const bool is_message = std::any_of(
        ids.begin(), ids.end(), [&](const std::string& id) { return is_critical(desk.layer(id).role); });
    const bool bleeds = !is_message && (box.x <= 1 || box.y <= 1 || box.right() >= desk.width() - 1 ||
                                        box.bottom() >= desk.height() - 1);
    const Box page = bleeds ? Box{0, 0, desk.width(), desk.height()} : desk.page();
    const auto way = [](std::optional<int> side, double start, double length, double from, double room) {
        if (!side) return 0.0;
        return from + (room - length) * (*side + 1) / 2 - start;
    };
    const double dx = way(spot.x, box.x, box.width, page.x, page.width);
    const double dy = way(spot.y, box.y, box.height, page.y, page.height);
    for (const std::string& id : ids)
        desk.shift(id, dx, dy);
    if (!is_message) return true;
    const design::Design placed = desk.design;
    if (clear_around(desk, ids)) return true;
    desk.design = placed;
    return spot.x.has_value() != spot.y.has_value() && slide_clear(desk, ids, spot.x.has_value());
}

Ids movable(Ask& ask, const Ids& all) {
    return with_plates(ask.desk, ask.desk.unlocked(all));
}

double amount_in(const Ask& ask, double room) {
    const auto amount = ask.amount();
    if (!amount) return room * 0.08;
    switch (amount->kind) {
        case Amount::Kind::pixels:
        case Amount::Kind::number:
            return amount->value;
        case Amount::Kind::percent:
            return room * amount->value / 100;
        case Amount::Kind::slightly:
            return room * 0.03;
        case Amount::Kind::much:
            return room * 0.2;
        default:
            return room * 0.08;
    }
}

Outcome move_to_spot(Ask& ask) {
    const Ids all = message_of(ask);
    if (all.empty()) return no_such(ask);
    const Ids ids = movable(ask, all);
    if (ids.empty()) return std::nullopt;
    const Spot spot = ask.spot();
    if (!put(ask.desk, ids, spot)) return kNoRoom;
    ask.desk.say(ask.desk.called(ids) + (ids.size() == 1 ? " is" : " are") + " at the " + name_of(spot) +
                 ".");
    return std::nullopt;
}

Outcome nudge(Ask& ask) {
    const Ids all = message_of(ask);
    if (all.empty()) return no_such(ask);
    const Ids ids = movable(ask, all);
    if (ids.empty()) return std::nullopt;
    const bool is_x = ask.argument == "left" || ask.argument == "right";
    const int sign = ask.argument == "left" || ask.argument == "up" ? -1 : 1;
    Desk& desk = ask.desk;
    const Box box = desk.bounds(ids);
    const double room = is_x ? desk.width() : desk.height();
    const double wanted = sign * amount_in(ask, room);
    // A step that is not measured keeps half of the margin, as far as it is kept now.
    const double edge = ask.has(Slot::amount) ? 0 : desk.margin() / 2;
    const double start = is_x ? box.x : box.y, length = is_x ? box.width : box.height;
    const double way = limited(wanted, start - edge, length, room - 2 * edge);
    if (std::abs(way) < 0.5) return desk.called(ids) + " is already at the edge.";
    for (const std::string& id : ids)
        desk.shift(id, is_x ? way : 0, is_x ? 0 : way);
    if (!clear_around(desk, ids)) return kNoRoom;
    desk.say(desk.called(ids) + " moved " + std::string(ask.argument) + " by " +
             std::to_string(int(std::lround(std::abs(way)))) + " px.");
    return std::nullopt;
}

Outcome move_beside(Ask& ask) {
    Ids all = ask.layers();
    const Ids others = ask.layers(Slot::other);
    std::erase_if(all, [&](const std::string& id) {
        return std::find(others.begin(), others.end(), id) != others.end();
    });
    if (all.empty()) return no_such(ask);
    if (others.empty()) return no_such(ask, Slot::other);
    const Ids ids = movable(ask, all);
    if (ids.empty()) return std::nullopt;
    Desk& desk = ask.desk;
    const Box near = desk.bounds(with_plates(desk, others));
    const double gap = std::max(8.0, std::min(desk.width(), desk.height()) * 0.025);
    Box box = desk.bounds(ids);
    const double x0 = box.x, y0 = box.y;
    std::string_view side = ask.argument;
    if (side == "beside") side = near.right() + gap + box.width <= desk.width() ? "right" : "left";
    const auto* text = others.size() == 1 ? text_of(desk.layer(others[0])) : nullptr;
    const Align align = text ? text->align : Align::center;
    if (side == "above" || side == "below") {
        box.y = side == "above" ? near.y - gap - box.height : near.bottom() + gap;
        box.x = align == Align::left    ? near.x
                : align == Align::right ? near.right() - box.width
                                        : near.middle().x - box.width / 2;
    } else if (side == "on") {
        box.x = near.middle().x - box.width / 2;
        box.y = near.middle().y - box.height / 2;
    } else {
        box.x = side == "right" ? near.right() + gap : near.x - gap - box.width;
        box.y = near.middle().y - box.height / 2;
    }
    const double edge = desk.margin() / 3;
    if (box.width <= desk.width() - 2 * edge)
        box.x = std::clamp(box.x, edge, desk.width() - edge - box.width);
    if (box.height <= desk.height() - 2 * edge)
        box.y = std::clamp(box.y, edge, desk.height() - edge - box.height);
    for (const std::string& id : ids)
        desk.shift(id, box.x - x0, box.y - y0);
    if (side != "on" && !clear_around(desk, ids)) return kNoRoom;
    const std::string where =
        side == "left" || side == "right" ? "to the " + std::string(side) + " of" : std::string(side);
    desk.say(desk.called(ids) + (ids.size() == 1 ? " is " : " are ") + where + " " + desk.called(others) +
             ".");
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
