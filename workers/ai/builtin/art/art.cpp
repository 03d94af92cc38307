#include "workers/ai/builtin/art/art.hpp"

#include <algorithm>
#include <new>

#include "workers/ai/builtin/art/canvas.hpp"
#include "workers/ai/builtin/art/plan.hpp"
#include "workers/ai/builtin/art/stage.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::ai::builtin {
namespace {

constexpr int kSmallest = 16, kLargest = 4096;
/// Smaller pictures are painted larger and scaled down: curves and discs need some pixels to be themselves.
constexpr int kPaintedAtLeast = 192;

int enlargement(int width, int height) {
    const int shorter = std::min(width, height), longer = std::max(width, height);
    const int wanted = (kPaintedAtLeast + shorter - 1) / shorter;
    return std::clamp(wanted, 1, std::max(1, kLargest / longer));
}

Result<imaging::Image> painted(const art::Plan& plan, int width, int height, const ArtRequest& request) {
    if (request.transparent) {
        const art::Layer layer = art::cut_out(width, height, plan);
        if (request.stop.stop_requested()) throw art::Stopped();
        return layer.image();
    }
    art::Canvas canvas(width, height, request.stop);
    canvas.check_stop();
    if (plan.is_pattern) {
        art::paint_motifs(canvas, plan);
    } else {
        plan.technique->paint(canvas, plan);
        if (!plan.subjects.empty()) art::paint_on_stage(canvas, plan);
    }
    return canvas.finish(plan.grain, plan.seed);
}

}  // namespace

Result<imaging::Image> paint(const ArtRequest& request) {
    const auto fits = [](int side) { return side >= kSmallest && side <= kLargest; };
    if (!fits(request.width) || !fits(request.height))
        return invalid("/size", "range", "A picture's sides are 16 to 4096 pixels.");
    try {
        const art::Plan plan = art::make_plan(request);
        const int times = enlargement(request.width, request.height);
        const auto image = painted(plan, request.width * times, request.height * times, request);
        if (!image || times == 1) return image;
        return imaging::resize(*image, {request.width, request.height});
    } catch (const art::Stopped&) {
        return conflict("Painting was stopped.");
    } catch (const std::bad_alloc&) {
        return internal("paint: no memory for a picture of this size");
    }
}

}  // namespace atelier::ai::builtin
