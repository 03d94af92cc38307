#include "common/design/constraints/context.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/design/constraints/round.hpp"
#include "common/design/model/names.hpp"
#include "common/design/text/utf8.hpp"

namespace atelier::design {
namespace {

double hue_of(Color c) {
    const double r = c.r, g = c.g, b = c.b, high = std::max({r, g, b}), low = std::min({r, g, b});
    if (high == low) return 0;
    const double range = high - low;
    const double sixth = high == r ? (g - b) / range : high == g ? 2 + (b - r) / range : 4 + (r - g) / range;
    return std::fmod(sixth * 60 + 360, 360);
}

std::string word_for(Color c) {
    const int high = std::max({c.r, c.g, c.b}), low = std::min({c.r, c.g, c.b});
    if (high < 40) return "black";
    if (low > 225) return "white";
    if (high - low < 24) return high > 150 ? "light grey" : "dark grey";
    constexpr std::array<std::pair<double, const char*>, 9> kHues{{{15, "red"},
                                                                   {42, "orange"},
                                                                   {68, "yellow"},
                                                                   {165, "green"},
                                                                   {195, "turquoise"},
                                                                   {255, "blue"},
                                                                   {290, "violet"},
                                                                   {335, "pink"},
                                                                   {361, "red"}}};
    const double hue = hue_of(c);
    const auto found =
        std::find_if(kHues.begin(), kHues.end(), [&](const auto& row) { return hue < row.first; });
    const std::string shade = luminance(c) < 0.12 ? "dark " : luminance(c) > 0.6 ? "light " : "";
    return shade + found->second;
}

Color ground_of(const Design& design) {
    return backdrop_at(design, {}, 0, {design.canvas.width / 2.0, design.canvas.height / 2.0}).color;
}

bool is_warm(Color c) {
    const double hue = hue_of(c);
    return hue < 75 || hue > 315;
}

std::string written(const TextContent& text) {
    std::string out;
    for (const Run& run : text.runs)
        out += run.text;
    std::replace(out.begin(), out.end(), '\n', ' ');
    return first_characters(out, 60);
}

std::string description(const Layer& layer) {
    std::string out(name_of(layer.role));
    if (const auto* text = std::get_if<TextContent>(&layer.content)) {
        const auto* solid = std::get_if<SolidPaint>(&text->style.fill);
        return (solid ? word_for(solid->color) + " " : "") + out + " \"" + written(*text) + "\"";
    }
    if (const auto* shape = std::get_if<ShapeContent>(&layer.content)) {
        const auto* solid = std::get_if<SolidPaint>(&shape->fill);
        return (solid ? word_for(solid->color) + " " : "gradient ") +
               std::string(name_of(shape->outline.kind));
    }
    return layer.name.empty() ? out : out + " (" + first_characters(layer.name, 60) + ")";
}

std::vector<std::string> neighbours(const Design& design, const std::vector<Item>& items, const Item* self) {
    constexpr std::size_t kMost = 5;
    const Point middle =
        self ? bounds_of(self->quad({0, 0, self->layer->box.width, self->layer->box.height})).middle()
             : Point{design.canvas.width / 2.0, design.canvas.height / 2.0};
    std::vector<std::pair<double, const Item*>> near;
    for (const Item& item : items) {
        if (&item == self || !item.is_visible || item.group()) continue;
        const Point p = bounds_of(item.quad({0, 0, item.layer->box.width, item.layer->box.height})).middle();
        // What carries the message counts before decoration.
        const double weight = is_critical(item.layer->role) ? 0.5 : 1;
        near.emplace_back(std::hypot(p.x - middle.x, p.y - middle.y) * weight, &item);
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(near.size(), kMost); ++i)
        out.push_back(description(*near[i].second->layer));
    if (out.size() < kMost) out.push_back("a " + word_for(ground_of(design)) + " background");
    return out;
}

std::string place_of(const Design& design, const Item* self) {
    if (!self) return "fills the canvas";
    const Box box = bounds_of(self->quad({0, 0, self->layer->box.width, self->layer->box.height}));
    const double share = box.area() / (design.canvas.width * static_cast<double>(design.canvas.height));
    if (share > 0.8) return "fills the canvas behind the text; calm areas where the text stands";
    const double x = box.middle().x / design.canvas.width, y = box.middle().y / design.canvas.height;
    const std::string row = y < 0.4 ? "upper " : y > 0.6 ? "lower " : "";
    const std::string column = x < 0.4 ? "left" : x > 0.6 ? "right" : "middle";
    const double ratio = box.width / std::max(1.0, box.height);
    const std::string shape = ratio > 1.2 ? "landscape" : ratio < 0.83 ? "portrait" : "square";
    return "subject in the " + row + column + " of the design, " + shape + " frame";
}

}  // namespace

HolisticContext build_context(const Design& design, std::string_view layer_id) {
    const std::vector<Item> items = flatten(design);
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.layer->id == layer_id; });
    const Item* self = found == items.end() ? nullptr : &*found;
    const Color ground = ground_of(design);
    const bool is_dark = luminance(ground) < 0.2;

    HolisticContext out;
    out.design_purpose = design.meta.title;
    if (!design.meta.purpose.empty()) out.design_purpose += ", " + design.meta.purpose;
    out.overall_theme = std::string(is_dark ? "dark theme: " : "light theme: ") + word_for(ground) +
                        " ground with " + word_for(design.brand.accent) + " and " +
                        word_for(design.brand.primary) + " accents";
    out.adjacent_elements = neighbours(design, items, self);
    for (const Color color :
         {design.brand.primary, design.brand.secondary, design.brand.accent, design.brand.background})
        if (std::find(out.brand_colors.begin(), out.brand_colors.end(), color) == out.brand_colors.end())
            out.brand_colors.push_back(color);
    out.composition_hints = place_of(design, self);
    out.style_keywords = design.meta.tags;
    if (out.style_keywords.empty())
        out.style_keywords = {is_dark ? "dramatic" : "bright", is_warm(design.brand.accent) ? "warm" : "cool",
                              "clean"};
    return out;
}

}  // namespace atelier::design
