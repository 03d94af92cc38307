#include "workers/adaptation/layout/crop.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation {
namespace {

using elements::Kind;

// The score's parts. Keeping counts most; among crops that keep the same, placement decides.
constexpr double kKeptWorth = 10, kFaceCut = 6, kTextCut = 2.5, kPersonBeheaded = 1.5, kProductCut = 1.5;
constexpr double kPlacementWorth = 2.0, kTightness = 1.2, kZoomCost = 1.6, kTextSideCost = 2.0;
constexpr double kCrowdedCost = 4.0;
constexpr double kCrowdedWeight = 0.1;  // what weighs less is no reason to give a crop up
constexpr int kPositions = 48;          ///< along an axis with room to move
constexpr double kZooms[] = {1.0, 0.94, 0.88, 0.82, 0.76, 0.70, 0.64};

/// Cut through: neither (nearly) whole nor (nearly) gone.
bool is_cut(double share) {
    return share > 0.02 && share < 0.999;
}

double cut_cost(const Subject& s, const Box& crop, double share) {
    switch (s.kind) {
        case Kind::face: {
            if (is_cut(share)) return kFaceCut;
            // A whole face whose hair or chin is cut is better than half a face, and worse than one with
            // room.
            return share >= 0.999 ? 0.35 * kFaceCut * (1 - share_inside(s.with_room, crop)) : 0;
        }
        case Kind::text:
            return is_cut(share) ? kTextCut * (0.4 + 0.6 * share) : 0;
        case Kind::product:
            return is_cut(share) ? kProductCut * (1 - share) : 0;
        case Kind::person: {
            const bool beheaded = is_cut(share) && crop.y > s.box.y + 0.01 * s.box.height;
            return beheaded ? kPersonBeheaded : 0;
        }
    }
    return 0;
}

double bell(double distance, double width) {
    return std::exp(-distance * distance / (2 * width * width));
}

/// How well the focus stands on the canvas: 0…1. Wide canvases like the thirds, tall ones the middle; eyes a
/// third down.
double placement(const Point& focus, const Box& crop, double aspect, bool has_face) {
    const double x = (focus.x - crop.x) / crop.width, y = (focus.y - crop.y) / crop.height;
    const double middle = bell(x - 0.5, 0.12);
    const double thirds = std::max(bell(x - 1.0 / 3, 0.08), bell(x - 2.0 / 3, 0.08));
    const double across =
        aspect > 1.5 ? std::max(0.92 * thirds, 0.85 * middle) : std::max(0.7 * thirds, middle);
    const double down = bell(y - (has_face ? 0.38 : 0.5), 0.16);
    return 0.55 * across + 0.45 * down;
}

/// 0 when the whole subject has air around it, 1 when it touches the border (a border of the photo itself is
/// no fault).
double tightness(const Subject& s, const Box& crop, const LayoutRequest& r) {
    if (!contains(crop, s.box)) return 0;
    const double wanted = 0.06 * std::min(crop.width, crop.height);
    const auto lack = [&](double air, bool at_photo_border) {
        return at_photo_border ? 0.0 : std::clamp(1 - air / wanted, 0.0, 1.0);
    };
    constexpr double kSlack = 0.5;
    return std::max({lack(s.box.x - crop.x, crop.x < kSlack), lack(s.box.y - crop.y, crop.y < kSlack),
                     lack(crop.right() - s.box.right(), crop.right() > r.photo_width - kSlack),
                     lack(crop.bottom() - s.box.bottom(), crop.bottom() > r.photo_height - kSlack)});
}

/// How much of kEdgeMargin a text or product lacks: 0…1. The air that the photo itself does not have is no
/// fault.
double crowding(const Subject& s, const Box& crop, const LayoutRequest& r) {
    if (s.kind != Kind::text && s.kind != Kind::product) return 0;
    const double margin = kEdgeMargin * std::min(crop.width, crop.height);
    const auto lack = [&](double air, double in_photo) {
        constexpr double kSlack = 0.5;
        const double due = std::min(margin, in_photo) - kSlack;
        return due > 0 ? std::clamp(1 - air / due, 0.0, 1.0) : 0.0;
    };
    return std::max({lack(s.box.x - crop.x, s.box.x), lack(s.box.y - crop.y, s.box.y),
                     lack(crop.right() - s.box.right(), r.photo_width - s.box.right()),
                     lack(crop.bottom() - s.box.bottom(), r.photo_height - s.box.bottom())});
}

/// The part of a crop over which text will stand.
Box text_zone(const Box& crop, TextSide side) {
    constexpr double kDeep = 0.40, kWide = 0.46;
    switch (side) {
        case TextSide::none:
            return {};
        case TextSide::top:
            return {crop.x, crop.y, crop.width, crop.height * kDeep};
        case TextSide::bottom:
            return {crop.x, crop.y + crop.height * (1 - kDeep), crop.width, crop.height * kDeep};
        case TextSide::left:
            return {crop.x, crop.y, crop.width * kWide, crop.height};
        case TextSide::right:
            return {crop.x + crop.width * (1 - kWide), crop.y, crop.width * kWide, crop.height};
    }
    return {};
}

bool keeps_protected(const Box& crop, const std::vector<Subject>& subjects) {
    return std::all_of(subjects.begin(), subjects.end(),
                       [&](const Subject& s) { return !s.is_protected || contains(crop, s.with_room); });
}

/// Positions along one axis from 0 to `room`, ends included, and those at which [from, to] just fits.
std::vector<double> positions(double room, double length, double from, double to) {
    if (room <= 1e-9) return {0.0};
    std::vector<double> all;
    for (int i = 0; i <= kPositions; ++i)
        all.push_back(room * i / kPositions);
    for (const double fit : {from, to - length, (from + to - length) / 2})
        all.push_back(std::clamp(fit, 0.0, room));
    return all;
}

struct Search {
    const LayoutRequest& request;
    const std::vector<Subject>& subjects;
    std::optional<Box> needed = {};
    std::optional<Crop> best = {};

    void consider(const Box& box, double zoom) {
        if (!keeps_protected(box, subjects)) return;
        Crop crop = judged(box, request, subjects);
        crop.score -= kZoomCost * (1 - zoom);
        if (!best || crop.score > best->score + 1e-9) best = crop;
    }

    void at_zoom(const Box& largest, double zoom) {
        const double width = largest.width * zoom, height = largest.height * zoom;
        const Box keep = needed.value_or(Box{0, 0, request.photo_width, request.photo_height});
        for (const double y : positions(request.photo_height - height, height, keep.y, keep.bottom()))
            for (const double x : positions(request.photo_width - width, width, keep.x, keep.right()))
                consider({x, y, width, height}, zoom);
    }
};

/// Where no subject tells, the middle; a little above it for tall rooms to move, since that is where horizons
/// and heads are.
Point resting_focus(const LayoutRequest& r) {
    return {r.photo_width * 0.5, r.photo_height * 0.46};
}

}  // namespace

Box largest_crop(double photo_width, double photo_height, double aspect) {
    const double width = std::min(photo_width, photo_height * aspect), height = width / aspect;
    return {(photo_width - width) / 2, (photo_height - std::min(height, photo_height)) / 2, width,
            std::min(height, photo_height)};
}

Crop judged(const Box& box, const LayoutRequest& request, const std::vector<Subject>& subjects) {
    Crop crop{box, 0, subjects.empty() ? 1.0 : 0.0, false, false};
    double total = 0, cost = 0;
    bool has_face = false;
    const Box zone = text_zone(box, request.text_side);
    for (const Subject& s : subjects) {
        const double share = share_inside(s.box, box);
        total += s.weight;
        crop.kept_weight += s.weight * share;
        // A face that is there but small in the ranking is still a face: cutting it costs at least a fifth.
        cost += cut_cost(s, box, share) * std::max(0.2, s.weight);
        cost += kTightness * tightness(s, box, request) * std::max(0.1, s.weight);
        // Cutting a little off must not come cheaper than standing at the border.
        const double crowded = share > 0.5 ? crowding(s, box, request) : 0;
        cost += kCrowdedCost * crowded * std::max(0.2, s.weight);
        crop.is_crowded |= crowded > 0 && share >= 0.999 && (s.is_protected || s.weight >= kCrowdedWeight);
        if (zone.area() > 0) cost += kTextSideCost * s.weight * share_inside(s.box, zone);
        crop.cuts_something |= (s.kind == Kind::face || s.kind == Kind::text) && is_cut(share);
        has_face |= s.kind == Kind::face;
    }
    if (total > 0) crop.kept_weight /= total;
    const Point focus = focus_of(subjects).value_or(resting_focus(request));
    crop.score = kKeptWorth * crop.kept_weight - cost +
                 kPlacementWorth * placement(focus, box, box.width / box.height, has_face);
    return crop;
}

std::optional<Crop> best_crop(const LayoutRequest& request, const std::vector<Subject>& subjects) {
    const double aspect = double(request.width) / request.height;
    const Box largest = largest_crop(request.photo_width, request.photo_height, aspect);
    Search search{request, subjects, protected_area(subjects)};
    for (const double zoom : kZooms) {
        const bool enlarges = request.width > largest.width * zoom;
        if (zoom < 1 && (!request.may_zoom || enlarges)) break;
        search.at_zoom(largest, zoom);
    }
    return search.best;
}

}  // namespace atelier::adaptation
