#include "workers/adaptation/layout/plan.hpp"

#include <algorithm>
#include <cstdio>

#include "workers/adaptation/layout/crop.hpp"
#include "workers/adaptation/layout/extension.hpp"

namespace atelier::adaptation {
namespace {

/// A crop that loses more of what was found than this is worse than a picture on a larger ground.
constexpr double kWorthCropping = 0.6;
/// How far a photo may be enlarged to fill a canvas when even all of it would have to be enlarged beyond
/// kMaxUpscale.
constexpr double kMaxUpscaleOfSmall = 3.0;

std::string formatted(const char* format, double value) {
    char text[160];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// Why the crop will not do; empty when it will.
std::string objection(const LayoutRequest& r, const std::optional<Crop>& crop) {
    const double across = r.width / r.photo_width, down = r.height / r.photo_height;
    if (!crop) return "No crop of this shape keeps everything that is protected, so the canvas was extended.";
    const double allowed = std::min(across, down) > kMaxUpscale ? kMaxUpscaleOfSmall : kMaxUpscale;
    if (std::max(across, down) > allowed)
        return formatted("A crop would enlarge the photo %.1f times, so the canvas was extended.",
                         std::max(across, down));
    if (crop->kept_weight < kWorthCropping)
        return formatted("A crop would keep only %.0f %% of what matters, so the canvas was extended.",
                         crop->kept_weight * 100);
    if (crop->cuts_something)
        return "A crop would cut through a face or a line of text, so the canvas was extended.";
    if (crop->is_crowded)
        return "A crop would put text or a product right at the border, so the canvas was extended.";
    return {};
}

Plan cropped(const LayoutRequest& r, const Crop& crop) {
    Plan plan;
    plan.strategy = Strategy::crop;
    plan.crop = crop.box;
    plan.placement = {0, 0, double(r.width), double(r.height)};
    plan.scale = r.width / crop.box.width;
    plan.score = crop.score;
    plan.why = r.elements.empty()
                   ? "Nothing was found that a crop could lose, so the middle was kept."
                   : formatted("The best crop keeps %.0f %% of what matters.", crop.kept_weight * 100);
    return plan;
}

Plan extended_plan(const LayoutRequest& r, const std::vector<Subject>& subjects, std::string why) {
    const Extension extension = extended(r, subjects);
    Plan plan;
    const bool covers = extension.placement.width >= r.width && extension.placement.height >= r.height;
    plan.strategy = covers ? Strategy::crop : Strategy::extend;
    plan.crop = extension.crop;
    plan.placement = extension.placement;
    plan.scale = plan.placement.width / plan.crop.width;
    plan.score = judged(extension.crop, r, subjects).score;
    plan.why = covers ? "Only the crop around what is protected fills the canvas." : std::move(why);
    return plan;
}

void count_kept(Plan& plan, const LayoutRequest& r) {
    double weight = 0, total = 0;
    for (std::size_t i = 0; i < r.elements.size(); ++i) {
        const Ranked& ranked = r.elements[i];
        const double share = share_inside(ranked.element.box, plan.crop);
        plan.kept.push_back({i, share});
        weight += ranked.weight * share;
        total += ranked.weight;
    }
    plan.kept_weight = total > 0 ? weight / total : 1;
}

}  // namespace

std::string_view to_string(Strategy strategy) {
    return strategy == Strategy::crop ? "crop" : "extend";
}

Plan plan(const LayoutRequest& request) {
    const std::vector<Subject> subjects = subjects_of(request);
    const std::optional<Crop> crop = best_crop(request, subjects);
    std::string why_not = objection(request, crop);
    Plan plan =
        why_not.empty() ? cropped(request, *crop) : extended_plan(request, subjects, std::move(why_not));
    plan.is_upscaled = plan.scale > 1.0 + 1e-3;
    count_kept(plan, request);
    return plan;
}

Box on_canvas(const Plan& plan, const Box& box) {
    const Box shown = intersection(box, plan.crop);
    return {plan.placement.x + (shown.x - plan.crop.x) * plan.scale,
            plan.placement.y + (shown.y - plan.crop.y) * plan.scale, shown.width * plan.scale,
            shown.height * plan.scale};
}

}  // namespace atelier::adaptation
