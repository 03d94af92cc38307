#include <algorithm>
#include <cmath>
#include <optional>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

/// Below this a picture shows through too little to matter.
constexpr double kHardlyUnknown = 0.02;

double least_contrast(Color text, const Backdrop& backdrop, double opacity) {
    const auto on = [&](Color ground) { return contrast(over(text, ground, opacity), ground); };
    if (backdrop.unknown == 0) return on(backdrop.color);
    const Color dark = mix(backdrop.color, {0, 0, 0, 255}, backdrop.unknown);
    const Color light = mix(backdrop.color, {255, 255, 255, 255}, backdrop.unknown);
    const double l = luminance(text);
    if (l > luminance(dark) && l < luminance(light)) return 1;
    return std::min(on(dark), on(light));
}

struct Judgement {
    double known = 21;    ///< least contrast where the ground is known
    double unknown = 21;  ///< least possible contrast where pictures show through
};

Judgement judge(Color text, const std::vector<Backdrop>& backdrops, double opacity) {
    Judgement out;
    for (const Backdrop& backdrop : backdrops) {
        double& least = backdrop.unknown <= kHardlyUnknown ? out.known : out.unknown;
        least = std::min(least, least_contrast(text, backdrop, opacity));
    }
    return out;
}

/// The colour moved towards black or white by as little as it takes.
std::optional<Color> readable_like(Color text, const std::vector<Backdrop>& backdrops, double opacity,
                                   double needed) {
    for (int step = 0; step <= 20; ++step)
        for (const Color end : {Color{255, 255, 255, 255}, Color{0, 0, 0, 255}}) {
            Color moved = mix({text.r, text.g, text.b, 255}, end, step / 20.0);
            if (judge(moved, backdrops, opacity).known >= needed) return moved;
        }
    return std::nullopt;
}

/// Points all over what the text covers.
std::vector<Backdrop> backdrops_of(const Round& round, std::size_t index) {
    constexpr int kColumns = 7, kRows = 3;
    const Item& item = round.items[index];
    const Box box = text_box(*item.layer, round.measurer);
    std::vector<Backdrop> out;
    for (int row = 0; row < kRows; ++row)
        for (int column = 0; column < kColumns; ++column) {
            const Point local{box.x + box.width * (column + 0.5) / kColumns,
                              box.y + box.height * (row + 0.5) / kRows};
            out.push_back(backdrop_at(round.design, round.items, index, item.to_canvas.apply(local)));
        }
    return out;
}

/// One colour of a text and where it stands in the document.
struct Ink {
    std::string pointer;
    Color color;
    double needed = 4.5;
};

void collect(const Paint& paint, const std::string& pointer, double needed, std::vector<Ink>& out) {
    const std::vector<Stop>* stops = nullptr;
    if (const auto* linear = std::get_if<LinearPaint>(&paint)) stops = &linear->stops;
    if (const auto* radial = std::get_if<RadialPaint>(&paint)) stops = &radial->stops;
    if (!stops) return out.push_back({pointer + "/color", std::get<SolidPaint>(paint).color, needed});
    for (std::size_t i = 0; i < stops->size(); ++i)
        out.push_back({pointer + "/stops/" + std::to_string(i) + "/color", (*stops)[i].color, needed});
}

std::vector<Ink> inks_of(const Item& item, const TextMeasurer& measurer) {
    const TextContent& text = *item.text();
    const double scale = rendered_scale(measurer, text, item.layer->box.width, item.layer->box.height);
    std::vector<Ink> out;
    double needed_by_style = 0;  // of the smallest run that takes the layer's colour
    for (std::size_t i = 0; i < text.runs.size(); ++i) {
        const Run& run = text.runs[i];
        const double size = run.font_size.value_or(text.style.font_size) * scale;
        const bool is_large =
            size >= 24 || (size >= 18.66 && run.font_weight.value_or(text.style.font_weight) >= 700);
        const double needed = is_large ? 3 : 4.5;
        if (run.fill)
            collect(*run.fill, item.pointer + "/runs/" + std::to_string(i) + "/fill", needed, out);
        else
            needed_by_style = std::max(needed_by_style, needed);
    }
    if (needed_by_style > 0) collect(text.style.fill, item.pointer + "/style/fill", needed_by_style, out);
    return out;
}

void check_ink(Round& round, const Item& item, const Ink& ink, const std::vector<Backdrop>& backdrops) {
    const Judgement found = judge(ink.color, backdrops, item.opacity);
    if (found.known < ink.needed) {
        const std::string reason = "Its contrast was too low to be read (WCAG 2.1, 1.4.3).";
        if (const auto color = readable_like(ink.color, backdrops, item.opacity, ink.needed))
            return round.editor.replace(ink.pointer, to_string(*color), "contrast", reason);
        if (item.layer->opacity < 1) return round.set(item, "opacity", 1, "contrast", reason);
        return round.report(ink.pointer, "contrast",
                            "No colour can be read on all of what lies behind this text.");
    }
    if (found.unknown < ink.needed)
        round.report(ink.pointer, "contrast", "Whether this can be read depends on the picture behind it.",
                     false);
}

}  // namespace

void check_contrast(Round& round) {
    for (std::size_t i = 0; i < round.items.size(); ++i) {
        const Item& item = round.items[i];
        if (!item.is_message()) continue;
        const std::vector<Backdrop> backdrops = backdrops_of(round, i);
        for (const Ink& ink : inks_of(item, round.measurer))
            check_ink(round, item, ink, backdrops);
    }
}

}  // namespace atelier::design
