#include "workers/ai/builtin/instructions/desk/room.hpp"

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

/// As the letters are seen: between them and the edges of their lines nothing is painted.
Box seen(Desk& desk, const std::string& id) {
    if (const std::string plate = plate_of(desk, id); !plate.empty()) return desk.bounds(plate);
    const auto* text = text_of(desk.layer(id));
    const Box box = desk.bounds(id);
    const double x = std::min(1.0, box.width * 0.4);
    const double y = std::min(text ? text->style.font_size * 0.12 : 1.0, box.height * 0.4);
    return {box.x + x, box.y + y, box.width - 2 * x, box.height - 2 * y};
}

/// A badge, a caption or a logo whose middle lies beyond the side of what pushes.
bool is_small_beside(Desk& desk, const std::string& id, const Box& pusher) {
    const design::Role role = desk.layer(id).role;
    const bool gives_way =
        role == design::Role::badge || role == design::Role::caption || role == design::Role::logo;
    const double middle = desk.bounds(id).middle().x;
    return gives_way && (middle > pusher.x + pusher.width * 0.85 || middle < pusher.x + pusher.width * 0.15);
}

bool is_on_canvas(const Desk& desk, const Box& box) {
    return box.x >= -1 && box.y >= -1 && box.right() <= desk.width() + 1 && box.bottom() <= desk.height() + 1;
}

/// How far something may step, in diagonals of the canvas.
constexpr double kShortStep = 0.2, kLongStep = 0.5;

/// Whether the layers, moved so, lie on the canvas and cover nothing of the message and no other picture.
bool is_free(Desk& desk, const Ids& group, double dx, double dy) {
    for (const std::string& id : group) {
        Box box = seen(desk, id), whole = desk.bounds(id);
        box.x += dx, box.y += dy;
        whole.x += dx, whole.y += dy;
        const double edge = desk.margin() * 0.4;
        const Box page{edge, edge, desk.width() - 2 * edge, desk.height() - 2 * edge};
        const Box allowed = design::joined(page, desk.bounds(id));
        const bool is_inside = whole.x >= allowed.x - 1 && whole.y >= allowed.y - 1 &&
                               whole.right() <= allowed.right() + 1 && whole.bottom() <= allowed.bottom() + 1;
        if (!is_inside || !is_on_canvas(desk, whole)) return false;
        for (const std::string& other : obstacles(desk, group)) {
            const bool is_message = is_critical(desk.layer(other).role);
            const Box near = seen(desk, other);
            if (!do_touch(box, near)) continue;
            // What lies on a picture may stay there, but nothing comes onto one by more than its rim.
            constexpr double kRim = 0.05;
            const bool is_fine = !is_message && (do_touch(seen(desk, id), near) ||
                                                 design::clipped(box, near).area() <= kRim * near.area());
            if (!is_fine) return false;
        }
    }
    return true;
}

/// To the nearest free place straight above, below or beside the layers around.
bool step_aside(Desk& desk, const Ids& group, double reach) {
    const double gap = std::max(6.0, std::min(desk.width(), desk.height()) * 0.02);
    const Box box = desk.bounds(group);
    double nearest = std::hypot(desk.width(), desk.height()) * reach;
    std::optional<design::Point> best;
    for (const std::string& other : obstacles(desk, group)) {
        const Box near = desk.bounds(with_plates(desk, {other}));
        for (const design::Point way :
             {design::Point{0, near.bottom() + gap - box.y}, design::Point{0, near.y - gap - box.bottom()},
              design::Point{near.right() + gap - box.x, 0}, design::Point{near.x - gap - box.right(), 0}}) {
            const double length = std::hypot(way.x, way.y);
            if (length >= nearest || !is_free(desk, group, way.x, way.y)) continue;
            nearest = length;
            best = way;
        }
    }
    if (!best) return false;
    for (const std::string& id : group)
        desk.shift(id, best->x, best->y);
    return true;
}

bool is_thin(const Desk& desk, const design::Layer& layer) {
    const double thin = std::min(desk.width(), desk.height()) * 0.02;
    return std::holds_alternative<design::ShapeContent>(layer.content) && layer.visible && !layer.locked &&
           std::min(layer.box.width, layer.box.height) <= thin && layer.rotation == 0;
}

/// Where something may be pushed to: its card, else the canvas with half of the margin.
Box yard_of(Desk& desk, const std::string& id) {
    const std::string card = card_of(desk, id);
    const Box box = desk.bounds(id);
    const double edge = desk.margin() / 2;
    const Box canvas{edge, edge, desk.width() - 2 * edge, desk.height() - 2 * edge};
    if (card.empty()) return design::joined(canvas, box);
    const Box frame = desk.frame(card);
    const double inner = std::min({edge, box.y - frame.y, frame.bottom() - box.bottom()});
    return {frame.x, frame.y + inner, frame.width, frame.height - 2 * inner};
}

bool lies_in(const Box& box, const Box& yard) {
    return box.y >= yard.y - 1 && box.bottom() <= yard.bottom() + 1;
}

/// The layer and those of the message that stand in one row with it: they move together.
Ids in_row_with(Desk& desk, const std::string& id, const Ids& but) {
    Ids out{id};
    const Box box = desk.frame(id);
    if (!is_critical(desk.layer(id).role)) return out;
    for (const std::string& other : obstacles(desk, but)) {
        const Box near = desk.frame(other);
        const bool is_level =
            std::abs(near.y - box.y) <= 4 && std::abs(near.height - box.height) <= box.height * 0.5;
        if (other != id && is_level && !desk.is_locked(other) && !image_of(desk.layer(other)))
            out.push_back(other);
    }
    return out;
}

Ids lines_in(Desk& desk) {
    Ids out;
    for (const design::Layer& layer : desk.design.layers)
        if (is_thin(desk, layer)) out.push_back(layer.id);
    return out;
}

/// Everything beyond the layer that shares a column with it moves away until it is clear, lines between texts
/// too.
bool push(Desk& desk, const std::string& id, int way, const Ids& over) {
    const double gap = std::max(6.0, desk.height() * 0.026);
    // Lines that it lay over before are meant to be there.
    Ids row{id}, lines = lines_in(desk);
    std::erase_if(lines, [&](const std::string& line) { return holds(over, line); });
    for (std::size_t turn = 0; turn < row.size() && turn < 40; ++turn) {
        const Box pusher = seen(desk, row[turn]);
        Ids near = obstacles(desk, row);
        for (const std::string& line : lines)
            if (!holds(row, line)) near.push_back(line);
        for (const std::string& other : near) {
            const Box box = seen(desk, other);
            if (!do_touch(pusher, box)) continue;
            const bool is_line = !is_critical(desk.layer(other).role) && !image_of(desk.layer(other));
            const bool is_beyond = way * (box.middle().y - pusher.middle().y) > 0;
            if (is_line && !is_beyond) continue;
            if (desk.is_locked(other) || image_of(desk.layer(other))) return false;
            if (is_small_beside(desk, other, pusher)) {
                // A badge or a note beside it steps aside.
                if (!step_aside(desk, with_plates(desk, {other}), kShortStep)) return false;
                continue;
            }
            if (!is_beyond) return false;
            const Box yard = yard_of(desk, other);
            const double by = way > 0 ? pusher.bottom() - box.y + gap : pusher.y - box.bottom() - gap;
            for (const std::string& moved : in_row_with(desk, other, row)) {
                for (const std::string& part : with_plates(desk, {moved}))
                    desk.shift(part, 0, by);
                row.push_back(moved);
            }
            if (!lies_in(desk.bounds(other), yard)) return false;
        }
    }
    for (const std::string& moved : row)
        for (const std::string& other : obstacles(desk, {moved}))
            if (is_critical(desk.layer(moved).role) && do_touch(seen(desk, moved), seen(desk, other)))
                return false;
    return true;
}

}  // namespace

std::string card_of(Desk& desk, const std::string& id) {
    const Box box = desk.bounds(id);
    std::string best;
    double smallest = 0.9 * desk.width() * desk.height();
    for (const design::Layer& layer : desk.design.layers) {
        if (layer.id == id) break;
        const Box card = desk.frame(layer.id);
        const bool holds = std::holds_alternative<design::ShapeContent>(layer.content) &&
                           card.x <= box.x + 1 && card.y <= box.y + 1 && card.right() >= box.right() - 1 &&
                           card.bottom() >= box.bottom() - 1;
        if (!holds || card.area() >= smallest || layer.id == plate_of(desk, id)) continue;
        smallest = card.area();
        best = layer.id;
    }
    return best;
}

Yard yard(Desk& desk, const std::string& id) {
    Ids lines = lines_in(desk);
    std::erase_if(lines,
                  [&](const std::string& line) { return !do_touch(seen(desk, id), desk.bounds(line)); });
    return {yard_of(desk, id), lines};
}

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

bool make_room(Desk& desk, const std::string& id, const Yard& yard) {
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
        if (push(desk, id, way, yard.lines) && lies_in(desk.bounds(id), yard.box)) return true;
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

bool slide_clear(Desk& desk, const Ids& ids, bool is_down) {
    const double room = is_down ? desk.height() : desk.width();
    constexpr int kSteps = 60;
    for (int step = 0; step <= kSteps; ++step)
        for (const int way : {1, -1}) {
            const double by = way * room * step / kSteps;
            if (!is_free(desk, ids, is_down ? 0 : by, is_down ? by : 0)) continue;
            for (const std::string& id : ids)
                desk.shift(id, is_down ? 0 : by, is_down ? by : 0);
            return true;
        }
    return false;
}

bool clear_around(Desk& desk, const Ids& ids) {
    const double gap = std::min(desk.width(), desk.height()) * 0.008;
    const bool is_message = std::any_of(
        ids.begin(), ids.end(), [&](const std::string& id) { return is_critical(desk.layer(id).role); });
    if (!is_message) return true;
    bool is_clear = true;
    for (const std::string& other : obstacles(desk, ids)) {
        if (!is_critical(desk.layer(other).role)) continue;
        const bool is_covered = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
            return do_touch(seen(desk, id), seen(desk, other), gap);
        });
        if (!is_covered) continue;
        const bool may_move = !desk.is_locked(other);
        is_clear &= may_move && step_aside(desk, with_plates(desk, {other}), kLongStep);
    }
    return is_clear || step_aside(desk, ids, kLongStep);
}

}  // namespace atelier::ai::builtin::instructions
