#include "workers/adaptation/design/svg/text.hpp"

#include <vector>

#include "workers/adaptation/design/scene.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Align;
using design::Line;
using design::TextContent;
using design::TextStretch;

double spacing_of(const TextContent& text, std::size_t run, double scale) {
    const design::Run& r = text.runs[run];
    return r.letter_spacing.value_or(text.style.letter_spacing) * r.font_size.value_or(text.style.font_size) *
           scale;
}

std::string decoration_of(const TextContent& text, const design::Run& run) {
    const bool is_under = run.underline.value_or(text.style.underline);
    const bool is_through = run.strikethrough.value_or(text.style.strikethrough);
    if (!is_under && !is_through) return {};
    return attribute("text-decoration", is_under && is_through ? "underline line-through"
                                        : is_under             ? "underline"
                                                               : "line-through");
}

/// Everything that a run says of its letters.
std::string style_of(const TextContent& text, std::size_t index, double scale, const std::string& fill) {
    const design::Run& run = text.runs[index];
    const std::string family = run.font_family.value_or(text.style.font_family);
    std::string out = attribute("font-family", "'" + family + "', 'Open Sans', 'DejaVu Sans', sans-serif") +
                      attribute("font-size", run.font_size.value_or(text.style.font_size) * scale);
    const int weight = run.font_weight.value_or(text.style.font_weight);
    if (weight != 400) out += attribute("font-weight", weight);
    if (run.italic.value_or(text.style.italic)) out += " font-style=\"italic\"";
    const double spacing = spacing_of(text, index, scale);
    if (spacing != 0) out += attribute("letter-spacing", spacing);
    return out + fill + decoration_of(text, run);
}

/// Where the line is held, so that it stays in place when another font is a little wider: at the side it is
/// aligned to. Spaced lines are held at their beginning: programs do not agree whether the last letter has
/// its space too.
struct Anchor {
    double x;
    const char* name;
};
Anchor anchor_of(const Line& line, Align align, bool is_spaced) {
    const double left = line.x, right = line.x + line.width;
    if (align == Align::center && !is_spaced) return {(left + right) / 2, "middle"};
    // "start" is the right side of a line that runs from right to left.
    if (is_spaced) return {line.is_rtl ? right : left, "start"};
    const bool is_held_right = align == Align::right || (align == Align::justify && line.is_rtl);
    return {is_held_right ? right : left, is_held_right == line.is_rtl ? "start" : "end"};
}

}  // namespace

std::string svg_text(const design::Layer& layer, const design::SetText& set, Definitions& definitions) {
    const auto& text = std::get<TextContent>(layer.content);
    const double width = layer.box.width, height = layer.box.height;
    const std::string fill = definitions.fill_attributes(text.style.fill, width, height);
    std::vector<std::string> styles;
    for (std::size_t i = 0; i < text.runs.size(); ++i) {
        const auto& own = text.runs[i].fill;
        styles.push_back(
            style_of(text, i, set.scale(), own ? definitions.fill_attributes(*own, width, height) : fill));
    }
    std::string out = "<g xml:space=\"preserve\"";
    if (text.stroke) {
        out += color_attributes("stroke", text.stroke->color) +
               attribute("stroke-width", text.stroke->width) + " stroke-linejoin=\"round\"";
        if (text.stroke->dash > 0) out += attribute("stroke-dasharray", text.stroke->dash);
    }
    out += ">";
    for (const Line& line : set.lines()) {
        if (line.text.empty()) continue;
        const double spacing = spacing_of(text, line.text.back().run, set.scale());
        const Anchor anchor = anchor_of(line, text.align, spacing != 0);
        out += "<text" + attribute("y", line.baseline);
        if (!line.is_justified) out += attribute("x", anchor.x);
        if (!line.is_justified && std::string_view(anchor.name) != "start")
            out += attribute("text-anchor", anchor.name);
        if (line.is_rtl) out += " direction=\"rtl\"";
        out += ">";
        for (const TextStretch& stretch : line.text) {
            out += "<tspan";
            if (line.is_justified)
                out += attribute("x", line.x + stretch.x + (line.is_rtl ? stretch.width : 0));
            out += styles[stretch.run] + ">" + escaped(stretch.text) + "</tspan>";
        }
        out += "</text>";
    }
    return out + "</g>";
}

}  // namespace atelier::adaptation::design_render
