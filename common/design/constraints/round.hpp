#pragma once
// Private to constraints/: what a rule gets to see and to say. One file per rule.

#include <string>
#include <vector>

#include "common/design/constraints/constraints.hpp"
#include "common/design/constraints/scene.hpp"

namespace atelier::design {

/// A rule may make one change after the other to layers that it has not changed yet: `design` and `items`
/// show the document as it was before the rule.
struct Round {
    const Design& design;
    const std::vector<Item>& items;
    Editor& editor;
    const TextMeasurer& measurer;
    std::vector<Finding>& findings;

    void report(const std::string& pointer, std::string rule, std::string message, bool is_error = true) {
        findings.push_back({pointer, std::move(rule), std::move(message), is_error});
    }
    /// Sets a number of a layer, rounded to a hundredth of a pixel.
    void set(const Item& item, const std::string& field, double value, const std::string& rule,
             const std::string& reason);
    /// Moves a layer that lies in no turned group; not, and false, where the format has no such coordinates.
    bool shift(const Item& item, double dx, double dy, const std::string& rule, const std::string& reason);
};

void check_headline(Round& round);
void check_recipes(Round& round);
void check_text_fit(Round& round);
void check_bounds(Round& round);
void check_overlap(Round& round);
void check_contrast(Round& round);

/// The colour behind a point of the canvas, as far as shapes tell. `unknown` is the share that pictures show
/// through.
struct Backdrop {
    Color color;
    double unknown = 0;
};
/// Of what is painted before `items[until]`.
Backdrop backdrop_at(const Design& design, const std::vector<Item>& items, std::size_t until, Point point);

/// The colour of a paint at a point measured from the corner of the box it fills.
Color color_at(const Paint& paint, double width, double height, Point point);

}  // namespace atelier::design
