#include "tests/unit/common/design/damage/closeness.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "common/design/constraints/scene.hpp"

namespace atelier::test {
namespace {

using namespace design;

Box canvas_box(const Item& item) {
    return bounds_of(item.quad({0, 0, item.layer->box.width, item.layer->box.height}));
}

double common_share(const Box& a, const Box& b) {
    const double width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
    const double height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0) return 0;
    return width * height / (a.area() + b.area() - width * height);
}

std::string text_of(const Item& item) {
    std::string out;
    if (item.text())
        for (const Run& run : item.text()->runs)
            out += run.text;
    return out;
}

/// Length of the longest common subsequence.
std::size_t common_letters(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (const char letter : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = letter == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    return row.back();
}

const Paint* fill_of(const Item& item) {
    if (item.text()) return &item.text()->style.fill;
    const auto* shape = std::get_if<ShapeContent>(&item.layer->content);
    return shape ? &shape->fill : nullptr;
}

double color_share(const Item& a, const Item& b) {
    const Paint *p = fill_of(a), *q = fill_of(b);
    if (!p || !q) return 1;
    const auto color = [](const Paint& paint) {
        if (const auto* linear = std::get_if<LinearPaint>(&paint)) return linear->stops.front().color;
        if (const auto* radial = std::get_if<RadialPaint>(&paint)) return radial->stops.front().color;
        return std::get<SolidPaint>(paint).color;
    };
    const Color c = color(*p), d = color(*q);
    return 1 -
           (std::abs(c.r - d.r) + std::abs(c.g - d.g) + std::abs(c.b - d.b) + std::abs(c.a - d.a)) / 1020.0;
}

const Item* match(const Item& item, const std::vector<Item>& others, std::set<const Item*>& taken) {
    const Item* best = nullptr;
    double most = 0.2;
    for (const Item& other : others) {
        if (taken.count(&other) || other.layer->content.index() != item.layer->content.index()) continue;
        const bool is_same = other.layer->id == item.layer->id;
        const double share = is_same ? 2
                                     : common_share(canvas_box(item), canvas_box(other)) +
                                           (item.text() && text_of(item) == text_of(other) ? 1 : 0);
        if (share <= most) continue;
        most = share;
        best = &other;
    }
    if (best) taken.insert(best);
    return best;
}

}  // namespace

Closeness compare(const Design& before, const Design& after) {
    const std::vector<Item> old_items = flatten(before), new_items = flatten(after);
    std::set<const Item*> taken;
    Closeness out;
    double letters = 0, kept = 0;
    for (const Item& item : old_items) {
        const std::string text = text_of(item);
        letters += static_cast<double>(text.size());
        const Item* twin = match(item, new_items, taken);
        if (!twin) continue;
        out.layers += 1;
        out.geometry += common_share(canvas_box(item), canvas_box(*twin));
        out.color += color_share(item, *twin);
        const std::string now = text_of(*twin);
        kept += static_cast<double>(common_letters(text, now));
    }
    const double count = std::max<double>(1, static_cast<double>(old_items.size()));
    out.layers /= count;
    out.geometry /= count;
    out.color /= count;
    out.text = letters > 0 ? kept / letters : 1;
    return out;
}

}  // namespace atelier::test
