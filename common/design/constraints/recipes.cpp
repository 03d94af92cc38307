#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "common/design/constraints/context.hpp"
#include "common/design/constraints/round.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Value;

Value texts(const std::vector<std::string>& in) {
    Array out;
    for (const std::string& text : in)
        out.push_back(text);
    return out;
}

void fill(Round& round, const std::string& pointer, Value value) {
    if (!(round.editor.at(pointer) == value))
        round.editor.replace(pointer, std::move(value), "recipe_context",
                             "The picture has to fit into the design around it.");
}

}  // namespace

void check_recipes(Round& round) {
    for (const Item& item : round.items) {
        const auto* smart = std::get_if<SmartImageContent>(&item.layer->content);
        if (!smart) continue;
        const HolisticContext& has = smart->recipe.context;
        const bool is_whole = !has.design_purpose.empty() && !has.overall_theme.empty() &&
                              !has.adjacent_elements.empty() && !has.brand_colors.empty() &&
                              !has.composition_hints.empty() && !has.style_keywords.empty();
        if (is_whole) continue;
        const HolisticContext built = build_context(round.design, item.layer->id);
        const std::string at = item.pointer + "/recipe/holistic_context/";
        if (has.design_purpose.empty()) fill(round, at + "design_purpose", built.design_purpose);
        if (has.overall_theme.empty()) fill(round, at + "overall_theme", built.overall_theme);
        if (has.adjacent_elements.empty())
            fill(round, at + "adjacent_elements", texts(built.adjacent_elements));
        if (has.composition_hints.empty()) fill(round, at + "composition_hints", built.composition_hints);
        if (has.style_keywords.empty()) fill(round, at + "style_keywords", texts(built.style_keywords));
        if (!has.brand_colors.empty()) continue;
        Array colors;
        for (const Color color : built.brand_colors)
            colors.push_back(to_string(color));
        fill(round, at + "brand_colors", std::move(colors));
    }
}

}  // namespace atelier::design
