#include <algorithm>
#include <cmath>
#include <numeric>

#include "workers/adaptation/design/relayout/mapping.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Layer;

/// A stretch of one axis.
struct Span {
    double begin = 0, end = 0;
};

/// Where things of the old canvas go along one axis: all by one factor, and further by what the gaps before
/// them have grown.
class Axis {
  public:
    Axis(double from, double to, double factor) : from_(from), to_(to), factor_(factor) {}

    void add(Span span) { spans_.push_back({std::max(0.0, span.begin), std::min(from_, span.end)}); }

    void settle() {
        std::sort(spans_.begin(), spans_.end(), [](Span a, Span b) { return a.begin < b.begin; });
        std::vector<Span> joined;
        for (const Span& span : spans_) {
            if (span.end <= span.begin) continue;
            if (!joined.empty() && span.begin < joined.back().end)
                joined.back().end = std::max(joined.back().end, span.end);
            else
                joined.push_back(span);
        }
        spans_ = std::move(joined);
        grow_gaps();
    }

    std::size_t span_count() const { return spans_.size(); }

    /// Of something whose middle lies at `middle`.
    double place(double middle) const {
        double shift = spans_.empty() ? extra() / 2 : shifts_.front();
        for (std::size_t i = 0; i < spans_.size(); ++i)
            if (middle >= spans_[i].begin) shift = shifts_[i];
        return middle * factor_ + shift;
    }
    double extra() const { return to_ - from_ * factor_; }

  private:
    /// What is more goes into the gaps in proportion; what reaches one edge only does not pull all of it to
    /// the other.
    void grow_gaps() {
        if (spans_.empty()) return;
        std::vector<double> gaps{spans_.front().begin};
        for (std::size_t i = 1; i < spans_.size(); ++i)
            gaps.push_back(spans_[i].begin - spans_[i - 1].end);
        gaps.push_back(from_ - spans_.back().end);
        double& first = gaps.front();
        double& last = gaps.back();
        const bool is_flush = std::min(first, last) < 1;
        if (spans_.size() == 1) first = last = std::max({first, last, 1.0});
        // Beside an image that reaches the other edge the margin stays a margin.
        if (is_flush && spans_.size() > 1) (first > last ? first : last) *= 0.35;
        const double all = std::accumulate(gaps.begin(), gaps.end(), 0.0);
        double shift = 0;
        for (std::size_t i = 0; i < spans_.size(); ++i) {
            shift += all > 0 ? extra() * gaps[i] / all : 0;
            shifts_.push_back(shift);
        }
    }

    double from_, to_, factor_;
    std::vector<Span> spans_;
    std::vector<double> shifts_;
};

/// Stretched where it reaches the edges, moved with its neighbours where not.
void map_part(Layer& layer, const Part& part, const Axis& x, const Axis& y, const Box& sheet, double factor) {
    const Box old = layer.box;
    scale(layer, factor);
    move_middle(layer, {x.place(old.middle().x), y.place(old.middle().y)});
    if (!part.is_elastic) return;
    Box& box = layer.box;
    const double right = part.edges.right ? std::max(box.right(), sheet.right()) : box.right();
    const double bottom = part.edges.bottom ? std::max(box.bottom(), sheet.bottom()) : box.bottom();
    if (part.edges.left) box.x = std::min(box.x, sheet.x);
    if (part.edges.top) box.y = std::min(box.y, sheet.y);
    box = rounded({box.x, box.y, right - box.x, bottom - box.y});
}

}  // namespace

Box rounded(const Box& box) {
    const auto hundredth = [](double value) { return std::round(value * 100) / 100; };
    return {hundredth(box.x), hundredth(box.y), std::max(1.0, hundredth(box.width)),
            std::max(1.0, hundredth(box.height))};
}

Box map_sheet(const Box& sheet, Size from, Size to) {
    const double factor = std::min(to.width / from.width, to.height / from.height);
    const double x = sheet.x * factor, y = sheet.y * factor;
    return {x, y, to.width - (from.width - sheet.right()) * factor - x,
            to.height - (from.height - sheet.bottom()) * factor - y};
}

void map_ground(Layer& layer, const Part& part, Size from, Size to, double factor) {
    const Box old = layer.box;
    scale(layer, factor);
    const bool is_left_stripe = part.edges.count() == 3 && !part.edges.right;
    const bool is_right_stripe = part.edges.count() == 3 && !part.edges.left;
    const bool is_top_stripe = part.edges.count() == 3 && !part.edges.bottom;
    const bool is_bottom_stripe = part.edges.count() == 3 && !part.edges.top;
    double left = old.x * factor, top = old.y * factor;
    double right = to.width - (from.width - old.right()) * factor;
    double bottom = to.height - (from.height - old.bottom()) * factor;
    if (is_left_stripe) right = left + old.width * factor;
    if (is_right_stripe) left = right - old.width * factor;
    if (is_top_stripe) bottom = top + old.height * factor;
    if (is_bottom_stripe) top = bottom - old.height * factor;
    layer.box = rounded({left, top, right - left, bottom - top});
}

bool gaps_can_grow(const std::vector<Part>& parts, Size from, Size to) {
    const bool is_wider = to.width / from.width > to.height / from.height;
    Axis axis(is_wider ? from.width : from.height, is_wider ? to.width : to.height,
              std::min(to.width / from.width, to.height / from.height));
    bool reaches_one_edge = false;
    for (const Part& part : parts) {
        const Edges& e = part.edges;
        if (part.kind == Kind::ground || part.kind == Kind::hidden) continue;
        if (is_wider ? e.spans_x() : e.spans_y()) continue;
        reaches_one_edge |= is_wider ? e.left != e.right : e.top != e.bottom;
        axis.add(is_wider ? Span{part.bounds.x, part.bounds.right()}
                          : Span{part.bounds.y, part.bounds.bottom()});
    }
    axis.settle();
    return axis.span_count() > 1 || !reaches_one_edge;
}

void stretch(design::Design& design, const std::vector<Part>& parts, Size from, Size to) {
    const double factor = std::min(to.width / from.width, to.height / from.height);
    Axis x(from.width, to.width, factor), y(from.height, to.height, factor);
    for (const Part& part : parts) {
        if (part.kind == Kind::ground || part.kind == Kind::hidden) continue;
        if (!part.edges.spans_x()) x.add({part.bounds.x, part.bounds.right()});
        if (!part.edges.spans_y()) y.add({part.bounds.y, part.bounds.bottom()});
    }
    x.settle();
    y.settle();
    const Box sheet = map_sheet(sheet_of(design), from, to);
    for (const Part& part : parts) {
        Layer& layer = design.layers[part.index];
        if (part.kind == Kind::ground)
            map_ground(layer, part, from, to, factor);
        else
            map_part(layer, part, x, y, sheet, factor);
    }
}

}  // namespace atelier::adaptation::design_render
