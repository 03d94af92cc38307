#include "workers/adaptation/text_layout/style_set.hpp"

#include <cmath>

namespace atelier::adaptation {
namespace {

constexpr std::pair<TextPlacement, std::string_view> kPlacements[] = {
    {TextPlacement::automatic, "auto"}, {TextPlacement::top, "top"},     {TextPlacement::bottom, "bottom"},
    {TextPlacement::left, "left"},      {TextPlacement::right, "right"}, {TextPlacement::center, "center"}};

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::title:
            return "title";
        case Role::subtitle:
            return "subtitle";
        case Role::content:
            return "content";
    }
    return "title";
}

std::string_view to_string(TextPlacement placement) {
    for (auto [p, name] : kPlacements)
        if (p == placement) return name;
    return "auto";
}

std::optional<TextPlacement> parse_text_placement(std::string_view name) {
    for (auto [p, n] : kPlacements)
        if (n == name) return p;
    return std::nullopt;
}

const BlockStyle& TextStyleSet::of(Role role) const {
    return role == Role::title ? title : role == Role::subtitle ? subtitle : content;
}

const std::string& Texts::of(Role role) const {
    return role == Role::title ? title : role == Role::subtitle ? subtitle : content;
}

TextStyleSet default_text_style_set() {
    const imaging::Shadow soft{{0, 0, 0}, 0, 0.03, 0.16, 0.45};
    const auto block = [&](double size_min, double size_max, int weight, double line_height) {
        BlockStyle style;
        style.size_min = size_min;
        style.size_max = size_max;
        style.weight = weight;
        style.shadow = soft;
        style.line_height = line_height;
        return style;
    };
    TextStyleSet set{block(0.045, 0.095, 800, 1.1), block(0.028, 0.048, 600, 1.25),
                     block(0.024, 0.036, 400, 1.35)};
    set.title.letter_spacing = -0.01;
    return set;
}

double to_px(double size, int canvas_width, int canvas_height) {
    return size > 1 ? size : size * std::sqrt(double(canvas_width) * canvas_height);
}

}  // namespace atelier::adaptation
