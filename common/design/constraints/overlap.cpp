#include <algorithm>
#include <cmath>
#include <optional>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

/// More than this need a person, not a rule.
constexpr int kMostMoves = 20;
constexpr std::size_t kMostUnits = 120;

/// Something critical that stands alone: a text, a logo or a critical group as a whole.
struct Unit {
    const Item* item = nullptr;
    std::size_t index = 0;
    Quad quad;
    Box bounds;
    double gap = 8;
};

Box inset(const Box& box, double x, double y) {
    const double dx = std::min(x, box.width * 0.4), dy = std::min(y, box.height * 0.4);
    return {box.x + dx, box.y + dy, box.width - 2 * dx, box.height - 2 * dy};
}

std::vector<Unit> units_of(const Round& round) {
    std::vector<Unit> units;
    for (std::size_t i = 0; i < round.items.size() && units.size() < kMostUnits; ++i) {
        const Item& item = round.items[i];
        const bool is_group = item.group() && is_critical(item.layer->role);
        const bool is_logo = !item.text() && !item.group() && item.layer->role == Role::logo;
        if (!item.is_visible || item.critical_group || !(item.is_message() || is_group || is_logo)) continue;
        Unit unit{&item, i, {}, {}, 8};
        Box box{0, 0, item.layer->box.width, item.layer->box.height};
        if (item.text()) {
            // Between the letters and the edges of their lines nothing is painted.
            const double size = item.text()->style.font_size;
            box = inset(text_box(*item.layer, round.measurer), 1, size * 0.14);
            unit.gap = std::max(4.0, size * 0.2);
        } else {
            box = inset(box, 1, 1);
        }
        unit.quad = item.quad(box);
        unit.bounds = bounds_of(unit.quad);
        units.push_back(unit);
    }
    return units;
}

Quad moved(const Quad& quad, double dx, double dy) {
    Quad out = quad;
    for (Point& p : out)
        p = {p.x + dx, p.y + dy};
    return out;
}

bool is_free(const Round& round, const std::vector<Unit>& units, const Unit& unit, double dx, double dy) {
    const Box b{unit.bounds.x + dx, unit.bounds.y + dy, unit.bounds.width, unit.bounds.height};
    if (b.x < 0 || b.y < 0 || b.right() > round.design.canvas.width ||
        b.bottom() > round.design.canvas.height)
        return false;
    const Quad quad = moved(unit.quad, dx, dy);
    return std::none_of(units.begin(), units.end(), [&](const Unit& other) {
        return other.item != unit.item && do_overlap(quad, other.quad);
    });
}

/// The nearest free place beside any other unit, no farther than a third of the canvas.
std::optional<Point> free_place(const Round& round, const std::vector<Unit>& units, const Unit& unit) {
    const double reach = std::hypot(round.design.canvas.width, round.design.canvas.height) / 3;
    std::optional<Point> best;
    double nearest = reach;
    for (const Unit& other : units) {
        if (other.item == unit.item) continue;
        const double gap = std::max(unit.gap, other.gap);
        const Box &a = unit.bounds, &b = other.bounds;
        for (const Point way : {Point{0, b.bottom() + gap - a.y}, Point{0, b.y - gap - a.bottom()},
                                Point{b.right() + gap - a.x, 0}, Point{b.x - gap - a.right(), 0}}) {
            const double length = std::hypot(way.x, way.y);
            if (length >= nearest || !is_free(round, units, unit, way.x, way.y)) continue;
            nearest = length;
            best = way;
        }
    }
    return best;
}

/// The shape that a text stands on, a button or a plate: it moves along.
const Item* plate_of(const Round& round, const Unit& unit) {
    const Item& text = *unit.item;
    if (unit.index == 0) return nullptr;
    const Item& below = round.items[unit.index - 1];
    if (!std::holds_alternative<ShapeContent>(below.layer->content) || below.is_top != text.is_top)
        return nullptr;
    const Box plate = bounds_of(below.quad({0, 0, below.layer->box.width, below.layer->box.height}));
    const Box& b = unit.bounds;
    const bool holds =
        plate.x <= b.x && plate.y <= b.y && plate.right() >= b.right() && plate.bottom() >= b.bottom();
    return holds && plate.area() < 6 * b.area() ? &below : nullptr;
}

bool step_aside(Round& round, std::vector<Unit>& units, Unit& unit) {
    if (!unit.item->is_straight) return false;
    const auto way = free_place(round, units, unit);
    if (!way) return false;
    const std::string reason = "It covered a more important layer.";
    if (!round.shift(*unit.item, way->x, way->y, "overlap", reason)) return false;
    if (const Item* plate = plate_of(round, unit)) round.shift(*plate, way->x, way->y, "overlap", reason);
    unit.quad = moved(unit.quad, way->x, way->y);
    unit.bounds = bounds_of(unit.quad);
    return true;
}

}  // namespace

void check_overlap(Round& round) {
    std::vector<Unit> units = units_of(round);
    std::vector<const Item*> stepped;
    int moves = 0;
    for (std::size_t i = 0; i < units.size(); ++i)
        for (std::size_t j = i + 1; j < units.size(); ++j) {
            if (!do_overlap(units[i].quad, units[j].quad)) continue;
            // The later of two equals steps aside.
            const bool first_matters_more = units[i].item->layer->role <= units[j].item->layer->role;
            Unit& less = first_matters_more ? units[j] : units[i];
            Unit& more = first_matters_more ? units[i] : units[j];
            const auto may_move = [&](const Unit& u) {
                return moves < kMostMoves &&
                       std::find(stepped.begin(), stepped.end(), u.item) == stepped.end();
            };
            Unit* mover = may_move(less) && step_aside(round, units, less)   ? &less
                          : may_move(more) && step_aside(round, units, more) ? &more
                                                                             : nullptr;
            if (mover) {
                ++moves;
                stepped.push_back(mover->item);
            } else {
                round.report(less.item->pointer, "overlap",
                             "It covers \"" + more.item->layer->id + "\", and there is no free place near.");
            }
        }
}

}  // namespace atelier::design
