#include <algorithm>
#include <cmath>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

constexpr double kSmallestLetters = 8;
/// A box may grow by this share before its letters shrink instead.
constexpr double kMostGrowth = 0.6;

/// Whether the box, made this high, still leaves all other critical layers alone and stays on the canvas.
bool has_room(const Round& round, const Item& item, double height) {
    if (!item.is_top || item.layer->rotation != 0) return false;
    const Box& box = item.layer->box;
    if (box.y + height > round.design.canvas.height) return false;
    const Quad added = item.quad({0, box.height, box.width, height - box.height});
    return std::none_of(round.items.begin(), round.items.end(), [&](const Item& other) {
        const bool is_message = other.is_message() || (other.is_visible && other.layer->role == Role::logo);
        return &other != &item && is_message &&
               do_overlap(added, other.quad({0, 0, other.layer->box.width, other.layer->box.height}));
    });
}

/// All sizes of the layer by one factor, to the tenth of a pixel below.
void shrink(Round& round, const Item& item, double scale) {
    const auto smaller = [&](double size) { return std::max(4.0, std::floor(size * scale * 10) / 10); };
    const std::string reason = "The text did not fit its box.";
    const TextContent& text = *item.text();
    round.set(item, "style/font_size", smaller(text.style.font_size), "text_fit", reason);
    for (std::size_t i = 0; i < text.runs.size(); ++i)
        if (text.runs[i].font_size)
            round.set(item, "runs/" + std::to_string(i) + "/font_size", smaller(*text.runs[i].font_size),
                      "text_fit", reason);
}

void check_item(Round& round, const Item& item) {
    const TextContent& text = *item.text();
    const Box& box = item.layer->box;
    const double own_scale = rendered_scale(round.measurer, text, box.width, box.height);
    if (fits_box(round.measurer, text, box.width, box.height, own_scale)) return;
    const TextExtent extent = round.measurer.measure(text, box.width, own_scale);
    const double height = std::ceil(extent.height);
    const bool is_only_low = extent.widest_word <= box.width && height <= box.height * (1 + kMostGrowth);
    if (is_only_low && text.vertical_align == VerticalAlign::top && has_room(round, item, height))
        return round.set(item, "height", height, "text_fit",
                         "The text did not fit its box, and there was room below.");
    const double scale = fitting_scale(round.measurer, text, box.width, box.height);
    if (text.style.font_size * scale >= kSmallestLetters) return shrink(round, item, scale * 0.995);
    if (has_room(round, item, height) && extent.widest_word <= box.width)
        return round.set(item, "height", height, "text_fit",
                         "The text did not fit its box, and there was room below.");
    round.report(item.pointer, "text_fit", "The text does not fit its box at a size that can be read.");
}

}  // namespace

void check_text_fit(Round& round) {
    for (const Item& item : round.items)
        if (item.is_message()) check_item(round, item);
}

}  // namespace atelier::design
