#include "workers/adaptation/layout/extension.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation {
namespace {

/// Along the filled axis a little more than the subjects' rooms is shown, so that the cut does not look
/// forced.
constexpr double kAir = 1.10;
/// The focus stands here along the filled axis, and in the middle of the canvas along the extended one.
constexpr double kFocusDown = 0.42, kFocusAcross = 0.5;

/// One axis of the problem; the other is the same with the names exchanged.
struct Axis {
    double photo;               ///< length of the photo
    double canvas;              ///< length of the canvas
    double need_from, need_to;  ///< what must be shown
    double focus;
};

/// Start of a stretch of `length` that shows [need_from, need_to] with the focus as near to `wanted` of it as
/// possible, and with `margin` around what is needed where there is so much.
double start_of(const Axis& axis, double length, double wanted, double margin) {
    const double end = std::max(0.0, axis.photo - length), start = axis.focus - wanted * length;
    for (const double air : {margin, 0.0}) {
        const double low = std::max(0.0, std::min(axis.need_to + air, axis.photo) - length),
                     high = std::min(std::max(0.0, axis.need_from - air), end);
        if (low <= high) return std::clamp(start, low, high);
    }
    return std::clamp(start, 0.0, end);
}

/// Photo pixels shown along the filled axis: as few as the subjects, the scale and the canvas allow.
double filled_length(const Axis& filled, const Axis& longer) {
    const double need = (filled.need_to - filled.need_from) * kAir;
    const double for_scale = filled.canvas / kMaxUpscale;
    const double covering = longer.photo * filled.canvas / longer.canvas;
    return std::min(filled.photo, std::max({need, for_scale, covering}));
}

/// Where the photo's piece of `length` canvas pixels starts on the extended axis.
double place(const Axis& longer, double length, double scale, TextSide side) {
    const double gap = longer.canvas - length;
    if (side == TextSide::left || side == TextSide::top) return gap;
    if (side == TextSide::right || side == TextSide::bottom) return 0;
    return std::clamp(longer.canvas * kFocusAcross - longer.focus * scale, 0.0, gap);
}

}  // namespace

Extension extended(const LayoutRequest& r, const std::vector<Subject>& subjects) {
    const Box need = needed_area(subjects).value_or(Box{0, 0, r.photo_width, r.photo_height});
    const Point focus = focus_of(subjects).value_or(Point{r.photo_width / 2, r.photo_height / 2});
    const Axis across{r.photo_width, double(r.width), need.x, need.right(), focus.x};
    const Axis down{r.photo_height, double(r.height), need.y, need.bottom(), focus.y};
    const bool is_wider = r.width * r.photo_height > r.height * r.photo_width;  // than the photo
    const Axis& filled = is_wider ? down : across;
    const Axis& longer = is_wider ? across : down;

    const double length = filled_length(filled, longer);
    const double scale = filled.canvas / length;
    const double start = start_of(filled, length, is_wider ? kFocusDown : 0.5,
                                  kEdgeMargin * std::min(r.width, r.height) / scale);
    // Whole canvas pixels: the fraction of one that is too much is cut from the side where nothing is missed.
    const double piece = std::clamp(std::floor(longer.photo * scale + 1e-6), 1.0, longer.canvas);
    const double used = std::min(longer.photo, piece / scale);
    const bool has_more_before = longer.need_from > longer.photo - longer.need_to;
    const double from = has_more_before ? longer.photo - used : 0;
    const bool side_fits = is_wider == (r.text_side == TextSide::left || r.text_side == TextSide::right);
    const double at = std::round(place(longer, piece, scale, side_fits ? r.text_side : TextSide::none));
    if (is_wider) return {{from, start, used, length}, {at, 0, piece, double(r.height)}};
    return {{start, from, length, used}, {0, at, double(r.width), piece}};
}

}  // namespace atelier::adaptation
