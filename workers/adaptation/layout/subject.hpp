#pragma once
// What a composition must respect: the elements of a photo with the room they need. Private to layout/.

#include <optional>
#include <vector>

#include "workers/adaptation/layout/plan.hpp"

namespace atelier::adaptation {

struct Subject {
    std::size_t index = 0;  ///< into the request's elements
    elements::Kind kind = elements::Kind::product;
    Box box;        ///< cut to the photo
    Box with_room;  ///< with hair, chin and breathing space; cut to the photo
    double weight = 0;
    bool is_protected = false;
};

std::vector<Subject> subjects_of(const LayoutRequest& request);

/// The box around all protected subjects with their rooms.
std::optional<Box> protected_area(const std::vector<Subject>& subjects);
/// What an extension must show: the protected subjects with their rooms and shoulders, else the weightiest
/// ones that together make most of the weight, else nothing.
std::optional<Box> needed_area(const std::vector<Subject>& subjects);
/// The weighted middle of what matters (eyes rather than chins), or nothing without subjects.
std::optional<Point> focus_of(const std::vector<Subject>& subjects);

Box united(const Box& a, const Box& b);
bool contains(const Box& outer, const Box& inner);
/// Of `inner`'s area, how much lies in `outer`.
double share_inside(const Box& inner, const Box& outer);

}  // namespace atelier::adaptation
