#include <algorithm>
#include <cmath>

#include "common/elements/element.hpp"

namespace atelier::elements {
namespace {

double kind_weight(Kind kind, const Rules& rules) {
    switch (kind) {
        case Kind::face: return rules.face_weight;
        case Kind::product: return rules.product_weight;
        case Kind::text: return rules.text_weight;
        case Kind::person: return rules.person_weight;
    }
    return 0;
}

bool is_protected(Kind kind, const Rules& rules) {
    switch (kind) {
        case Kind::face: return rules.protect_faces;
        case Kind::product: return rules.protect_product;
        case Kind::text: return rules.protect_text;
        case Kind::person: return false;
    }
    return false;
}

bool is_first(Kind kind, Rules::Priority priority) {
    return (priority == Rules::Priority::face_first && kind == Kind::face) ||
           (priority == Rules::Priority::product_first && kind == Kind::product);
}

}  // namespace

std::vector<Ranked> rank(const std::vector<Element>& found, const Rules& rules, double photo_width, double photo_height) {
    const double photo_area = std::max(1.0, photo_width * photo_height);
    std::vector<Ranked> ranked;
    for (const Element& e : found) {
        const double weight = kind_weight(e.kind, rules);
        if (e.confidence < rules.minimum_confidence || weight <= 0) continue;
        // The fourth root keeps a face of a hundredth of the picture at a third of one that fills it.
        const double size = std::pow(std::clamp(e.box.area() / photo_area, 1e-6, 1.0), 0.25);
        ranked.push_back({e, 0, weight * e.confidence * size, is_protected(e.kind, rules)});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [&](const Ranked& a, const Ranked& b) {
        const bool first_a = is_first(a.element.kind, rules.priority), first_b = is_first(b.element.kind, rules.priority);
        return first_a != first_b ? first_a : a.weight > b.weight;
    });
    double total = 0;
    for (const Ranked& r : ranked) total += r.weight;
    int position = 0;
    for (Ranked& r : ranked) {
        r.rank = ++position;
        r.weight /= total;
    }
    return ranked;
}

}  // namespace atelier::elements
