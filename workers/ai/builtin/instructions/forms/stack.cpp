#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/instructions/desk/room.hpp"
#include "workers/ai/builtin/instructions/forms/actions.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

std::string are(const Ids& ids, const std::string& what) {
    return (ids.size() == 1 ? " is " : " are ") + what + ".";
}

bool is_only_headline(Desk& desk, const Ids& ids) {
    const Ids all = desk.ids();
    const auto holds = [&](const std::string& id) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    bool is_any = false;
    for (const std::string& id : all) {
        const design::Layer& layer = desk.layer(id);
        if (layer.role == design::Role::headline && layer.visible && !holds(id)) return false;
        is_any |= layer.role == design::Role::headline && holds(id);
    }
    return is_any;
}

void rename(Desk& desk, design::Layer& layer) {
    for_each_in(layer, [&](design::Layer& part) {
        part.id = desk.free_id(part.id);
        // The next free one must not be the same.
        desk.design.layers.push_back(design::Layer{part.id});
    });
}

}  // namespace

Outcome show_or_hide(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    const bool shows = ask.argument == "show";
    if (!shows && is_only_headline(ask.desk, all))
        return "The headline carries the message: change its words instead.";
    const Ids ids = ask.desk.unlocked(with_plates(ask.desk, all));
    for (const std::string& id : ids)
        ask.desk.layer(id).visible = shows;
    if (!ids.empty()) ask.desk.say(ask.desk.called(ids) + are(ids, shows ? "shown" : "hidden"));
    return std::nullopt;
}

Outcome remove_layers(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    if (is_only_headline(desk, all)) return "The headline carries the message: change its words instead.";
    const Ids ids = desk.unlocked(with_plates(desk, all));
    if (ids.empty()) return std::nullopt;
    const std::string name = desk.called(ids);
    for (const std::string& id : ids) {
        const auto seat = desk.seat(id);
        if (!seat) continue;
        const std::string group = seat->around.empty() ? "" : seat->around.back()->id;
        seat->list->erase(seat->list->begin() + std::ptrdiff_t(seat->index));
        // A group of nothing is no layer.
        if (!group.empty())
            if (const auto parent = desk.seat(group);
                std::get<design::GroupContent>(parent->layer->content).layers.empty())
                parent->list->erase(parent->list->begin() + std::ptrdiff_t(parent->index));
    }
    desk.say(name + are(ids, "removed"));
    return std::nullopt;
}

Outcome duplicate(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    constexpr std::size_t kMostLayers = 300;
    Ids copies;
    const double step = std::round(std::min(desk.width(), desk.height()) * 0.04);
    for (const std::string& id : desk.unlocked(all)) {
        design::Layer copy = desk.layer(id);
        const std::size_t count = desk.design.layers.size();
        rename(desk, copy);
        desk.design.layers.resize(count);
        if (desk.ids().size() + 1 > kMostLayers) return "A design has at most 300 layers.";
        const design::Box box = desk.bounds(id);
        const bool has_room_right = box.right() + step <= desk.width(),
                   has_room_below = box.bottom() + step <= desk.height();
        const Seat seat = *desk.seat(id);
        const std::string name = copy.id;
        copy.box.x += has_room_right ? step : -step;
        copy.box.y += has_room_below ? step : -step;
        seat.list->insert(seat.list->begin() + std::ptrdiff_t(seat.index) + 1, std::move(copy));
        if (desk.is_top(name)) clear_around(desk, {id});
        copies.push_back(name);
    }
    if (!copies.empty()) {
        desk.say(desk.called(copies) + are(copies, "duplicated"));
        desk.last = copies;
    }
    return std::nullopt;
}

Outcome restack(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    Ids ids = with_plates(desk, desk.unlocked(all));
    const bool is_back = ask.argument == "back";
    if (is_back) std::reverse(ids.begin(), ids.end());
    for (const std::string& id : ids) {
        const Seat seat = *desk.seat(id);
        auto& list = *seat.list;
        const auto at = list.begin() + std::ptrdiff_t(seat.index);
        if (ask.argument == "front") std::rotate(at, at + 1, list.end());
        if (is_back) {
            // Not behind what covers the whole canvas: it would be gone.
            auto first = list.begin();
            while (first < at && seat.around.empty() &&
                   first->box.area() >= 0.95 * desk.width() * desk.height())
                ++first;
            std::rotate(first, at, at + 1);
        }
        if (ask.argument == "forward" && at + 1 != list.end()) std::iter_swap(at, at + 1);
        if (ask.argument == "backward" && at != list.begin()) std::iter_swap(at, at - 1);
    }
    if (!ids.empty()) {
        const std::string where = ask.argument == "front"     ? "in front"
                                  : is_back                   ? "at the back"
                                  : ask.argument == "forward" ? "one layer further in front"
                                                              : "one layer further back";
        desk.say(desk.called(ids) + are(ids, where));
    }
    return std::nullopt;
}

Outcome restack_past(Ask& ask) {
    Desk& desk = ask.desk;
    const Ids others = ask.layers(Slot::other);
    Ids all = ask.layers();
    std::erase_if(all, [&](const std::string& id) {
        return std::find(others.begin(), others.end(), id) != others.end();
    });
    if (all.empty()) return no_such(ask);
    if (others.empty()) return no_such(ask, Slot::other);
    const bool is_front = ask.argument == "front";
    const std::string& mark = is_front ? others.back() : others.front();
    Ids ids = with_plates(desk, desk.unlocked(all));
    for (const std::string& id : ids) {
        const Seat from = *desk.seat(id), past = *desk.seat(mark);
        if (from.list != past.list) return "The two do not lie in one group.";
        if (is_front ? from.index > past.index : from.index < past.index) continue;
        auto& list = *from.list;
        const auto at = list.begin() + std::ptrdiff_t(from.index),
                   to = list.begin() + std::ptrdiff_t(past.index);
        is_front ? std::rotate(at, at + 1, to + 1) : std::rotate(to, at, at + 1);
    }
    if (!ids.empty())
        desk.say(desk.called(ids) +
                 are(ids, std::string(is_front ? "in front of " : "behind ") + desk.called(others)));
    return std::nullopt;
}

Outcome mention(Ask& ask) {
    return ask.layers().empty() ? no_such(ask) : Outcome{};
}

Outcome lock_or_unlock(Ask& ask) {
    const Ids all = ask.layers();
    if (all.empty()) return no_such(ask);
    const bool locks = ask.argument == "lock";
    for (const std::string& id : all)
        ask.desk.layer(id).locked = locks;
    ask.desk.say(ask.desk.called(all) + are(all, locks ? "locked" : "unlocked"));
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
