#pragma once
// Private to design/: the order in which a design is read.

#include <vector>

#include "common/design/model/design.hpp"

namespace atelier::adaptation::design_render {

/// Indices of the boxes: row by row from the top; where several rows stand in the same columns, column by
/// column. `is_rtl`: the right one comes first.
std::vector<std::size_t> reading_order(const std::vector<design::Box>& boxes, bool is_rtl);

/// Column by column; what no vertical line keeps apart is one column, from top to bottom.
std::vector<std::size_t> column_order(const std::vector<design::Box>& boxes, bool is_rtl);

}  // namespace atelier::adaptation::design_render
