#include "workers/ai/builtin/compose/text_layers.hpp"

#include <algorithm>
#include <cctype>

namespace atelier::ai::builtin::layout {
namespace {

using design::Box;
using design::Layer;

design::Run run_of(std::string text) {
    return {std::move(text), {}, {}, {}, {}, {}, {}, {}, {}};
}

/// Where the words that count most begin and end: a number, with what belongs to it; else nothing.
std::pair<std::size_t, std::size_t> emphasis_in(const std::string& text) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = text.find_first_of(" \n", begin);
        if (end == std::string::npos) end = text.size();
        const std::string word = text.substr(begin, end - begin);
        if (std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); })) {
            const std::string rest = text.substr(end, 4);
            if (rest == " off" || rest == " OFF" || rest == " Off") end += 4;
            return {begin, end};
        }
        begin = end + 1;
    }
    return {0, 0};
}

void set_style(design::TextContent& text, const TextSpec& spec) {
    text.style.font_family = spec.face.family;
    text.style.font_size = std::max(4.0, spec.size);
    text.style.font_weight = spec.face.weight;
    text.style.italic = spec.face.is_italic;
    text.style.letter_spacing = spec.face.letter_spacing;
    text.style.fill = spec.fill;
    text.align = spec.align;
    text.vertical_align = spec.vertical;
    text.line_height = spec.face.line_height;
    text.letters = spec.face.is_uppercase ? design::Letters::uppercase : design::Letters::as_written;
}

design::Color main_color(const design::Paint& paint) {
    if (const auto* one = std::get_if<design::SolidPaint>(&paint)) return one->color;
    if (const auto* many = std::get_if<design::LinearPaint>(&paint)) return many->stops.back().color;
    return std::get<design::RadialPaint>(paint).stops.back().color;
}

}  // namespace

Layer text_layer(Sheet& sheet, const TextSpec& spec) {
    Layer layer;
    layer.name = spec.name;
    layer.id = sheet.id_for(spec.name);
    layer.role = spec.role;
    layer.box = spec.box;
    layer.rotation = spec.rotation;
    design::TextContent text;
    set_style(text, spec);
    std::string words = spec.text;
    if (!spec.breaks.empty()) {
        words = spec.breaks.front();
        for (std::size_t i = 1; i < spec.breaks.size(); ++i)
            words += "\n" + spec.breaks[i];
    }
    const auto [begin, end] = spec.emphasis ? emphasis_in(words) : std::pair<std::size_t, std::size_t>{0, 0};
    if (end > begin && end - begin < words.size()) {
        if (begin > 0) text.runs.push_back(run_of(words.substr(0, begin)));
        text.runs.push_back(run_of(words.substr(begin, end - begin)));
        text.runs.back().fill = solid(*spec.emphasis);
        if (end < words.size()) text.runs.push_back(run_of(words.substr(end)));
    } else {
        text.runs.push_back(run_of(words));
    }
    layer.content = std::move(text);
    return layer;
}

void draw_text(Sheet& sheet, const TextSpec& spec, design::Color ground) {
    sheet.add(text_layer(sheet, spec));
    sheet.placed({spec.role, spec.name, spec.box, spec.size, spec.lines, spec.align,
                  design::contrast(main_color(spec.fill), ground)});
}

void draw_button(Sheet& sheet, const std::string& label, const Face& face, double size, Box box,
                 const StackStyle& style) {
    const Surface& on = style.surface;
    const bool is_filled = style.button != Button::outline && style.button != Button::line;
    Layer group;
    group.name = "Button";
    group.id = sheet.id_for(group.name);
    group.role = design::Role::cta;
    group.box = box;
    design::GroupContent content;

    Layer plate;
    plate.name = "Button plate";
    plate.id = sheet.id_for(plate.name);
    plate.box = {0, 0, box.width, box.height};
    design::ShapeContent shape;
    const double radius = style.button == Button::pill      ? box.height / 2
                          : style.button == Button::rounded ? box.height * 0.22
                          : style.button == Button::outline ? box.height / 2
                                                            : 0;
    shape.outline.corner_radii = {radius, radius, radius, radius};
    shape.fill = is_filled ? solid(on.button) : solid(on.ink, 0);
    if (style.button == Button::outline) shape.stroke = design::Stroke{on.ink, std::max(1.0, size * 0.08), 0};
    if (style.button == Button::line) {
        plate.box = {0, box.height - std::max(1.0, size * 0.12), box.width, std::max(1.0, size * 0.12)};
        shape.fill = solid(on.accent_ink);
    }
    plate.content = std::move(shape);
    content.layers.push_back(std::move(plate));

    TextSpec spec;
    spec.face = face;
    spec.text = label;
    spec.name = "Button label";
    spec.role = design::Role::cta;
    spec.size = size;
    spec.align = design::Align::center;
    spec.vertical = design::VerticalAlign::middle;
    const double side = style.button == Button::line ? 0 : size * 0.6;
    spec.box = {side, 0, box.width - 2 * side, box.height};
    spec.fill = solid(is_filled ? on.on_button : on.ink);
    content.layers.push_back(text_layer(sheet, spec));
    group.content = std::move(content);
    sheet.add(std::move(group));
    sheet.placed(
        {design::Role::cta, "Button", box, size, 1, style.align,
         is_filled ? design::contrast(on.on_button, on.button) : design::contrast(on.ink, on.ground)});
}

}  // namespace atelier::ai::builtin::layout
