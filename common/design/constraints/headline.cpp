#include <algorithm>

#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

double size_of(const Item& item) {
    const TextContent& text = *item.text();
    double size = 0;
    for (const Run& run : text.runs)
        size = std::max(size, run.font_size.value_or(text.style.font_size));
    return size;
}

/// Texts that are something else by name give way to those that are not.
bool may_be_promoted(const Item& item) {
    const Role role = item.layer->role;
    return item.is_visible && item.text() && role != Role::cta && role != Role::caption &&
           role != Role::background;
}

Value title_layer(const Design& design, std::size_t index) {
    const double width = design.canvas.width, height = design.canvas.height;
    const std::string& title = design.meta.title;
    const double size = std::clamp(std::min(width, height) / 10, 8.0, 400.0);
    Layer layer;
    layer.id = "headline-from-title";
    layer.name = "Headline";
    layer.role = Role::headline;
    layer.box = {width * 0.08, height * 0.08, width * 0.84, std::max(1.0, size * 2.4)};
    TextContent text;
    text.runs.push_back({title, {}, {}, {}, {}, {}, {}, {}, {}});
    text.style = {design.brand.heading_font,    size, 700, false, false, false, 0,
                  SolidPaint{design.brand.text}};
    text.fit = TextFit::shrink;
    layer.content = std::move(text);
    Design holder;
    holder.layers.push_back(std::move(layer));
    Value out = to_json(holder)["layers"].at(0);
    return out.set("z_index", index);
}

bool is_id_free(const Round& round, const std::string& id) {
    return std::none_of(round.items.begin(), round.items.end(),
                        [&](const Item& i) { return i.layer->id == id; });
}

}  // namespace

void check_headline(Round& round) {
    const Item* best = nullptr;
    for (const Item& item : round.items) {
        if (item.is_message() && item.layer->role == Role::headline) return;
        if (may_be_promoted(item) && (!best || size_of(item) > size_of(*best))) best = &item;
    }
    if (best)
        return round.editor.replace(best->pointer + "/role", "headline", "headline",
                                    "A design needs a headline; this is its largest text.");
    const std::size_t count = round.design.layers.size();
    const bool has_title = round.design.meta.title != "Untitled" && round.items.size() < 300;
    if (!has_title || !is_id_free(round, "headline-from-title"))
        return round.report("/layers", "headline", "There is no text that could be the headline.");
    round.editor.add("/layers/-", title_layer(round.design, count), "headline",
                     "A design needs a headline; its title was set as one.");
}

}  // namespace atelier::design
