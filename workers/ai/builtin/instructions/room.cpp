#include "workers/ai/builtin/instructions/room.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/model/boxes.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Box;

bool do_touch(const Box& a, const Box& b, double gap = 0) {
    return a.x < b.right() + gap && b.x < a.right() + gap && a.y < b.bottom() + gap && b.y < a.bottom() + gap;
}

bool holds(const Ids& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Box inset(const Box& box, double by) {
    const double x = std::min(by, box.width * 0.4), y = std::min(by, box.height * 0.4);
    return {box.x + x, box.y + y, box.width - 2 * x, box.height - 2 * y};
}

/// As the letters are seen: between them and the edges of their lines nothing is painted.
Box seen(Desk& desk, const std::string& id) {
    const auto* text = text_of(desk.layer(id));
    return inset(desk.bounds(id), text ? text->style.font_size * 0.12 : 1);
}

bool is_on_canvas(const Desk& desk, const Box& box) {
    return box.x >= -1 && box.y >= -1 && box.right() <= desk.width() + 1 && box.bottom() <= desk.height() + 1;
}

/// Everything below `edge` that shares a column with the box moves down until it is clear.
bool push(Desk& desk, const std::string& id, int way) {
    const double gap = std::max(4.0, desk.height() * 0.012);
    Ids row{id};
    for (std::size_t turn = 0; turn < row.size() && turn < 40; ++turn) {
        const Box pusher = seen(desk, row[turn]);
        for (const std::string& other : obstacles(desk, row)) {
            const Box box = seen(desk, other);
            if (!do_touch(pusher, box)) continue;
            const bool is_beyond = way * (box.middle().y - pusher.middle().y) > 0;
            if (!is_beyond || desk.is_locked(other) || image_of(desk.layer(other))) return false;
            const double by = way > 0 ? pusher.bottom() - box.y + gap : pusher.y - box.bottom() - gap;
            for (const std::string& moved : with_plates(desk, {other}))
                desk.shift(moved, 0, by);
            if (!is_on_canvas(desk, desk.bounds(other))) return false;
            row.push_back(other);
        }
    }
    for (const std::string& moved : row)
        for (const std::string& other : obstacles(desk, {moved}))
            if (do_touch(seen(desk, moved), seen(desk, other))) return false;
    return true;
}

}  // namespace

Ids obstacles(Desk& desk, const Ids& but) {
    Ids out;
    for (const design::Layer& layer : desk.design.layers) {
        if (!layer.visible || holds(but, layer.id)) continue;
        design::Layer copy = layer;
        const bool fills = layer.box.area() > 0.5 * desk.width() * desk.height();
        const bool is_picture = image_of(copy) != nullptr && !fills;
        if (is_critical(layer.role) || is_picture) out.push_back(layer.id);
    }
    return out;
}

double room_beside(Desk& desk, const std::string& id) {
    const design::Layer& layer = desk.layer(id);
    const Box box = layer.box, page = desk.page();
    double left = std::max(0.0, box.x - std::min(page.x, box.x));
    double right = std::max(0.0, std::max(page.right(), box.right()) - box.right());
    for (const std::string& other : obstacles(desk, {id})) {
        const Box near = desk.bounds(other);
        if (near.y >= box.bottom() || near.bottom() <= box.y || do_touch(near, desk.bounds(id))) continue;
        const double gap = desk.width() * 0.015;
        if (near.x >= box.right()) right = std::min(right, std::max(0.0, near.x - gap - box.right()));
        if (near.right() <= box.x) left = std::min(left, std::max(0.0, box.x - near.right() - gap));
    }
    switch (text_of(layer)->align) {
        case design::Align::center:
            return box.width + 2 * std::min(left, right);
        case design::Align::right:
            return box.width + left;
        default:
            return box.width + right;
    }
}

bool make_room(Desk& desk, const std::string& id) {
    const design::Design before = desk.design;
    if (!is_on_canvas(desk, desk.bounds(id))) {
        const Box box = desk.bounds(id);
        if (box.height > desk.height() || box.width > desk.width()) return false;
        const Box page = desk.page();
        const double up = std::min(0.0, page.bottom() - box.bottom()), down = std::max(0.0, page.y - box.y);
        desk.shift(id, 0, up != 0 ? up : down);
        if (!is_on_canvas(desk, desk.bounds(id))) return desk.design = before, false;
    }
    const design::Design placed = desk.design;
    for (const int way : {1, -1}) {
        desk.design = placed;
        if (push(desk, id, way)) return true;
    }
    desk.design = before;
    return false;
}

std::string plate_of(Desk& desk, const std::string& id) {
    const Seat seat = *desk.seat(id);
    if (!text_of(*seat.layer) || seat.index == 0) return {};
    const design::Layer& below = (*seat.list)[seat.index - 1];
    if (!std::holds_alternative<design::ShapeContent>(below.content)) return {};
    const Box letters = desk.bounds(id), plate = desk.bounds(below.id);
    const bool contains = plate.x <= letters.x && plate.y <= letters.y && plate.right() >= letters.right() &&
                          plate.bottom() >= letters.bottom();
    return contains && plate.area() < 6 * letters.area() ? below.id : std::string();
}

Ids with_plates(Desk& desk, const Ids& ids) {
    Ids out;
    for (const std::string& id : ids) {
        const std::string plate = plate_of(desk, id);
        if (!plate.empty() && !holds(ids, plate) && !desk.is_locked(plate)) out.push_back(plate);
        out.push_back(id);
    }
    return out;
}

bool clear_around(Desk& desk, const Ids& ids) {
    const double gap = std::max(6.0, std::min(desk.width(), desk.height()) * 0.02);
    const auto is_free = [&](const Ids& group, double dx, double dy) {
        for (const std::string& id : group) {
            Box box = seen(desk, id);
            box.x += dx;
            box.y += dy;
            if (!is_on_canvas(desk, box)) return false;
            for (const std::string& other : obstacles(desk, group))
                if (is_critical(desk.layer(other).role) && do_touch(box, seen(desk, other))) return false;
        }
        return true;
    };
    /// The nearest free place straight above, below or beside what it touches.
    const auto step_aside = [&](const Ids& group) {
        const Box box = desk.bounds(group);
        double nearest = std::hypot(desk.width(), desk.height()) / 2;
        design::Point best;
        bool is_found = false;
        for (const std::string& other : obstacles(desk, group)) {
            const Box near = desk.bounds(other);
            for (const design::Point way :
                 {design::Point{0, near.bottom() + gap - box.y},
                  design::Point{0, near.y - gap - box.bottom()}, design::Point{near.right() + gap - box.x, 0},
                  design::Point{near.x - gap - box.right(), 0}}) {
                const double length = std::hypot(way.x, way.y);
                if (length >= nearest || !is_free(group, way.x, way.y)) continue;
                nearest = length;
                best = way;
                is_found = true;
            }
        }
        if (is_found)
            for (const std::string& id : group)
                desk.shift(id, best.x, best.y);
        return is_found;
    };
    bool is_clear = true;
    for (const std::string& other : obstacles(desk, ids)) {
        if (!is_critical(desk.layer(other).role)) continue;
        const bool is_covered = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
            return is_critical(desk.layer(id).role) && do_touch(seen(desk, id), seen(desk, other));
        });
        if (!is_covered) continue;
        const bool may_move = !desk.is_locked(other);
        is_clear &= may_move && step_aside(with_plates(desk, {other}));
    }
    return is_clear || step_aside(ids);
}

}  // namespace atelier::ai::builtin::instructions
