#include "workers/adaptation/layout/subject.hpp"

#include <algorithm>

namespace atelier::adaptation {
namespace {

/// Room around an element in parts of its own size. Detectors box a face from brow to chin: hair needs the
/// most.
struct Room {
    double left, top, right, bottom;
};

Room room_for(elements::Kind kind) {
    switch (kind) {
        case elements::Kind::face:
            return {0.28, 0.60, 0.28, 0.34};
        case elements::Kind::text:
            return {0.03, 0.25, 0.03, 0.25};
        case elements::Kind::product:
            return {0.04, 0.04, 0.04, 0.04};
        case elements::Kind::person:
            return {0.02, 0.05, 0.02, 0.0};
    }
    return {};
}

Box grown(const Box& b, const Room& r) {
    return {b.x - b.width * r.left, b.y - b.height * r.top, b.width * (1 + r.left + r.right),
            b.height * (1 + r.top + r.bottom)};
}

}  // namespace

std::vector<Subject> subjects_of(const LayoutRequest& request) {
    const Box photo{0, 0, request.photo_width, request.photo_height};
    std::vector<Subject> subjects;
    for (std::size_t i = 0; i < request.elements.size(); ++i) {
        const Ranked& ranked = request.elements[i];
        const Box box = intersection(ranked.element.box, photo);
        if (box.area() <= 0) continue;
        const elements::Kind kind = ranked.element.kind;
        subjects.push_back({i, kind, box, intersection(grown(box, room_for(kind)), photo), ranked.weight,
                            ranked.is_protected});
    }
    return subjects;
}

std::optional<Box> protected_area(const std::vector<Subject>& subjects) {
    std::optional<Box> area;
    for (const Subject& s : subjects)
        if (s.is_protected) area = area ? united(*area, s.with_room) : s.with_room;
    return area;
}

std::optional<Box> needed_area(const std::vector<Subject>& subjects) {
    constexpr double kMostWeight = 0.85;
    constexpr double kShoulders = 0.9;  // of a face's width, on each side
    std::optional<Box> area = protected_area(subjects);
    for (const Subject& s : subjects)
        if (s.is_protected && s.kind == elements::Kind::face)
            area = united(*area, {s.box.x - kShoulders * s.box.width, s.with_room.y,
                                  (1 + 2 * kShoulders) * s.box.width, s.with_room.height});
    if (area) return area;
    double weight = 0;
    for (const Subject& s : subjects) {  // in the order of their rank
        if (weight >= kMostWeight) break;
        area = area ? united(*area, s.with_room) : s.with_room;
        weight += s.weight;
    }
    return area;
}

std::optional<Point> focus_of(const std::vector<Subject>& subjects) {
    // Where there are faces, people look at them.
    const bool has_face = std::any_of(subjects.begin(), subjects.end(),
                                      [](const Subject& s) { return s.kind == elements::Kind::face; });
    double x = 0, y = 0, total = 0;
    for (const Subject& s : subjects) {
        if (has_face && s.kind != elements::Kind::face) continue;
        const double height = s.kind == elements::Kind::face ? 0.4 : 0.5;
        x += s.weight * (s.box.x + s.box.width / 2);
        y += s.weight * (s.box.y + s.box.height * height);
        total += s.weight;
    }
    if (total <= 0) return std::nullopt;
    return Point{x / total, y / total};
}

Box united(const Box& a, const Box& b) {
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

bool contains(const Box& outer, const Box& inner) {
    constexpr double kSlack = 1e-6;
    return inner.x >= outer.x - kSlack && inner.y >= outer.y - kSlack &&
           inner.right() <= outer.right() + kSlack && inner.bottom() <= outer.bottom() + kSlack;
}

double share_inside(const Box& inner, const Box& outer) {
    return inner.area() > 0 ? intersection(inner, outer).area() / inner.area() : 0;
}

}  // namespace atelier::adaptation
