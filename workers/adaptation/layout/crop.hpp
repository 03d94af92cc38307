#pragma once
// The best crop of a photo for an aspect. Private to layout/.

#include <optional>
#include <vector>

#include "workers/adaptation/layout/subject.hpp"

namespace atelier::adaptation {

struct Crop {
    Box box;
    double score = 0;
    double kept_weight = 0;       ///< Σ weight × fraction kept, 0…1; 1 without subjects
    bool cuts_something = false;  ///< a face or a line of text is cut through
    bool is_crowded = false;      ///< a text or product that matters is whole, but without kEdgeMargin
};

/// The largest box of the aspect inside the photo; its position is the middle.
Box largest_crop(double photo_width, double photo_height, double aspect);

/// The best of a grid of positions and zooms that keeps every protected subject whole with its room; nothing
/// when no crop does: a head that touches the border looks worse than a larger canvas. Zooming in never
/// enlarges the photo.
std::optional<Crop> best_crop(const LayoutRequest& request, const std::vector<Subject>& subjects);

/// How good one crop is: kept weight, nothing cut through, kEdgeMargin around what is
/// kept, the focus well placed, room around subjects.
Crop judged(const Box& box, const LayoutRequest& request, const std::vector<Subject>& subjects);

}  // namespace atelier::adaptation
