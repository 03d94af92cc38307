#include "workers/adaptation/design/relayout/order.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using Indices = std::vector<std::size_t>;

/// Boxes that no horizontal line keeps apart, from top to bottom.
std::vector<Indices> rows_of(const std::vector<Box>& boxes, Indices items) {
    std::sort(items.begin(), items.end(),
              [&](std::size_t a, std::size_t b) { return boxes[a].y < boxes[b].y; });
    std::vector<Indices> rows;
    double bottom = 0;
    for (const std::size_t item : items) {
        // Lines of neighbouring rows may overlap by the air above and below their letters.
        const double air = std::min(8.0, boxes[item].height * 0.2);
        if (rows.empty() || boxes[item].y + air >= bottom) {
            rows.push_back({});
            bottom = boxes[item].bottom();
        }
        rows.back().push_back(item);
        bottom = std::max(bottom, boxes[item].bottom());
    }
    return rows;
}

/// Shares of the width: what stands closer belongs to one column, in a text and on a plate.
constexpr double kClearGap = 0.04, kPlateGap = 0.025;

double width_of(const std::vector<Box>& boxes, const Indices& items) {
    double left = 1e9, right = -1e9;
    for (const std::size_t item : items) {
        left = std::min(left, boxes[item].x);
        right = std::max(right, boxes[item].right());
    }
    return right - left;
}

/// Where a vertical line keeps at least three boxes apart from at least three others, clearly: what stands
/// close is the end of a line.
std::optional<double> column_cut(const std::vector<Box>& boxes, Indices items) {
    constexpr std::size_t kLeast = 3;
    std::sort(items.begin(), items.end(),
              [&](std::size_t a, std::size_t b) { return boxes[a].x < boxes[b].x; });
    double right = -1e9;
    std::optional<double> best;
    double widest = width_of(boxes, items) * kClearGap;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Box& box = boxes[items[i]];
        if (i >= kLeast && items.size() - i >= kLeast && box.x - right > widest) {
            widest = box.x - right;
            best = (box.x + right) / 2;
        }
        right = std::max(right, box.right());
    }
    return best;
}

/// Columns are at least `gap` apart.
void append_columns(const std::vector<Box>& boxes, Indices row, double gap, bool is_rtl, Indices& out) {
    std::sort(row.begin(), row.end(), [&](std::size_t a, std::size_t b) { return boxes[a].x < boxes[b].x; });
    std::vector<Indices> columns;
    double right = 0;
    for (const std::size_t item : row) {
        if (columns.empty() || boxes[item].x >= right + gap) {
            columns.push_back({});
            right = boxes[item].right();
        }
        columns.back().push_back(item);
        right = std::max(right, boxes[item].right());
    }
    if (is_rtl) std::reverse(columns.begin(), columns.end());
    for (Indices& column : columns) {
        std::stable_sort(column.begin(), column.end(),
                         [&](std::size_t a, std::size_t b) { return boxes[a].y < boxes[b].y; });
        out.insert(out.end(), column.begin(), column.end());
    }
}

void order(const std::vector<Box>& boxes, const Indices& items, bool is_rtl, Indices& out) {
    const std::vector<Indices> rows = rows_of(boxes, items);
    for (std::size_t i = 0; i < rows.size();) {
        // The longest run of rows from here that stands in two columns.
        Indices run;
        std::size_t columns_end = i;
        std::optional<double> cut;
        for (std::size_t j = i; j < rows.size(); ++j) {
            run.insert(run.end(), rows[j].begin(), rows[j].end());
            if (const auto found = column_cut(boxes, run); found && j > i) {
                cut = found;
                columns_end = j + 1;
            }
        }
        if (!cut) {
            append_columns(boxes, rows[i++], 0, is_rtl, out);
            continue;
        }
        Indices first, second;
        for (; i < columns_end; ++i)
            for (const std::size_t item : rows[i])
                ((boxes[item].middle().x < *cut) != is_rtl ? first : second).push_back(item);
        order(boxes, first, is_rtl, out);
        order(boxes, second, is_rtl, out);
    }
}

}  // namespace

std::vector<std::size_t> reading_order(const std::vector<Box>& boxes, bool is_rtl) {
    Indices all(boxes.size()), out;
    std::iota(all.begin(), all.end(), 0);
    order(boxes, all, is_rtl, out);
    return out;
}

std::vector<std::size_t> column_order(const std::vector<Box>& boxes, bool is_rtl) {
    Indices all(boxes.size()), out;
    std::iota(all.begin(), all.end(), 0);
    append_columns(boxes, all, width_of(boxes, all) * kPlateGap, is_rtl, out);
    return out;
}

}  // namespace atelier::adaptation::design_render
