#include "common/design/typeset/typeset.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "common/design/typeset/layout.hpp"

namespace atelier::design {
namespace {

/// The run with the largest letters of a line.
std::size_t largest_in(const TextContent& text, const FlatText& flat, const PangoLayoutLine* line) {
    const std::size_t begin = line->start_index, end = begin + line->length;
    const std::vector<std::size_t> runs = runs_in(flat, begin, end);
    return *std::max_element(runs.begin(), runs.end(), [&](std::size_t a, std::size_t b) {
        return size_of(text, a) < size_of(text, b);
    });
}

double height_of(const TextContent& text, std::size_t largest) {
    return size_of(text, largest) * text.line_height;
}

/// From a line's top to its baseline.
double ascent_of(const TextContent& text, std::size_t largest) {
    const FontMetrics font = metrics_of(text, largest);
    return (height_of(text, largest) - font.ascent - font.descent) / 2 + font.ascent;
}

double width_of(PangoLayoutLine* line) {
    PangoRectangle logical;
    pango_layout_line_get_extents(line, nullptr, &logical);
    return px(logical.width);
}

bool ends_paragraph(const FlatText& flat, const PangoLayoutLine* line) {
    const std::size_t end = std::size_t(line->start_index) + line->length;
    return end >= flat.text.size() || flat.text[end] == '\n';
}

std::size_t run_at(const FlatText& flat, std::size_t offset) {
    for (std::size_t i = 0; i < flat.runs.size(); ++i)
        if (offset >= flat.runs[i].begin && offset < flat.runs[i].end) return i;
    return 0;
}

std::vector<GlyphStretch> glyphs_of(const FlatText& flat, const PangoLayoutLine* line, double scale) {
    std::vector<GlyphStretch> out;
    double x = 0;
    for (const GSList* node = line->runs; node; node = node->next) {
        const auto* item = static_cast<const PangoGlyphItem*>(node->data);
        const FontMetrics font = metrics_of(item->item->analysis.font);
        const double width = px(pango_glyph_string_get_width(item->glyphs)) * scale;
        out.push_back({run_at(flat, std::size_t(item->item->offset)), x, width, font.underline * scale,
                       font.strikethrough * scale, font.rule * scale, item});
        x += width;
    }
    return out;
}

std::vector<TextStretch> text_of(const FlatText& flat, const PangoLayoutLine* line) {
    const std::size_t begin = line->start_index, end = begin + line->length;
    std::vector<TextStretch> out;
    for (const std::size_t run : runs_in(flat, begin, end)) {
        const std::size_t from = std::max(begin, flat.runs[run].begin),
                          to = std::min(end, flat.runs[run].end);
        if (from < to) out.push_back({run, flat.text.substr(from, to - from), 0, 0});
    }
    if (out.empty()) return out;
    std::string& last = out.back().text;
    last.erase(last.find_last_not_of(' ') + 1);
    return out;
}

/// The words of a justified line, each with its place.
std::vector<TextStretch> words_of(const FlatText& flat, PangoLayoutLine* line, double scale) {
    const std::size_t begin = line->start_index, end = begin + line->length;
    const auto place = [&](std::size_t index) {
        int x = 0;
        pango_layout_line_index_to_x(line, int(index), FALSE, &x);
        return px(x) * scale;
    };
    std::vector<TextStretch> out;
    for (std::size_t at = begin; at < end;) {
        if (flat.text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t run = run_at(flat, at);
        std::size_t to = std::min(flat.text.find(' ', at), std::min(end, flat.runs[run].end));
        const double from_x = place(at), to_x = place(to);
        out.push_back({run, flat.text.substr(at, to - at), std::min(from_x, to_x), std::abs(to_x - from_x)});
        at = to;
    }
    return out;
}

double aligned(Align align, bool is_rtl, bool is_justified, double room) {
    switch (align) {
        case Align::left:
            return 0;
        case Align::center:
            return room / 2;
        case Align::right:
            return room;
        case Align::justify:
            return is_rtl && !is_justified ? room : 0;
    }
    return 0;
}

double share_above(VerticalAlign align) {
    switch (align) {
        case VerticalAlign::top:
            return 0;
        case VerticalAlign::middle:
            return 0.5;
        case VerticalAlign::bottom:
            return 1;
    }
    return 0;
}

Box joined(const Box& a, const Box& b) {
    if (a.width <= 0 || a.height <= 0) return b;
    if (b.width <= 0 || b.height <= 0) return a;
    const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Box ink_of(const Line& line, PangoLayoutLine* set, double scale) {
    PangoRectangle ink;
    pango_layout_line_get_extents(set, &ink, nullptr);
    Box out{line.x + px(ink.x) * scale, line.baseline + px(ink.y) * scale, px(ink.width) * scale,
            px(ink.height) * scale};
    for (const GlyphStretch& stretch : line.glyphs)
        out =
            joined(out, {line.x + stretch.x, line.baseline + stretch.underline, stretch.width, stretch.rule});
    return out;
}

class PangoMeasurer final : public TextMeasurer {
  public:
    TextExtent measure(const TextContent& text, double width, double scale) const override {
        if (text.runs.empty() || scale <= 0) return {};
        const FlatText flat = flatten_runs(text);
        const auto layout = make_layout(text, flat);
        pango_layout_set_justify(layout.get(), FALSE);
        set_width(layout.get(), width / scale);
        TextExtent out;
        for (const GSList* node = pango_layout_get_lines_readonly(layout.get()); node; node = node->next) {
            auto* line = static_cast<PangoLayoutLine*>(node->data);
            out.width = std::max(out.width, width_of(line) * scale);
            out.height += height_of(text, largest_in(text, flat, line)) * scale;
            ++out.lines;
        }
        out.widest_word = widest_word(text, layout.get()) * scale;
        return out;
    }

  private:
    /// Whoever looks for a scale that fits asks for the same text many times.
    static double widest_word(const TextContent& text, PangoLayout* layout) {
        thread_local std::optional<std::pair<TextContent, double>> last;
        if (!last || !(last->first == text)) last.emplace(text, widest_word(layout));
        return last->second;
    }

    /// Every line that may be broken is: what is left are the words. Changes the layout.
    static double widest_word(PangoLayout* layout) {
        pango_layout_set_width(layout, 0);
        double widest = 0;
        for (const GSList* node = pango_layout_get_lines_readonly(layout); node; node = node->next)
            widest = std::max(widest, width_of(static_cast<PangoLayoutLine*>(node->data)));
        return widest;
    }
};

}  // namespace

SetText set_text(const TextContent& text, double width, double height) {
    SetText out;
    if (text.runs.empty()) return out;
    const FlatText flat = flatten_runs(text);
    const double scale = out.scale_ = rendered_scale(pango_measurer(), text, width, height);
    out.text_ = flat.text;
    std::shared_ptr<PangoLayout> layout = make_layout(text, flat);
    set_width(layout.get(), width / scale);
    double y = 0;
    for (const GSList* node = pango_layout_get_lines_readonly(layout.get()); node; node = node->next) {
        auto* set = static_cast<PangoLayoutLine*>(node->data);
        const std::size_t largest = largest_in(text, flat, set);
        Line line;
        line.width = width_of(set) * scale;
        line.top = y;
        line.height = height_of(text, largest) * scale;
        line.baseline = y + ascent_of(text, largest) * scale;
        line.is_rtl = set->resolved_dir == PANGO_DIRECTION_RTL;
        line.is_justified = text.align == Align::justify && !ends_paragraph(flat, set);
        line.x = aligned(text.align, line.is_rtl, line.is_justified, width - line.width);
        line.glyphs = glyphs_of(flat, set, scale);
        line.text = line.is_justified ? words_of(flat, set, scale) : text_of(flat, set);
        y += line.height;
        out.lines_.push_back(std::move(line));
    }
    const double down = (height - y) * share_above(text.vertical_align);
    const GSList* node = pango_layout_get_lines_readonly(layout.get());
    for (Line& line : out.lines_) {
        line.top += down;
        line.baseline += down;
        out.ink_ = joined(out.ink_, ink_of(line, static_cast<PangoLayoutLine*>(node->data), scale));
        node = node->next;
    }
    out.layout_ = std::move(layout);
    return out;
}

const TextMeasurer& pango_measurer() {
    static const PangoMeasurer measurer;
    return measurer;
}

}  // namespace atelier::design
