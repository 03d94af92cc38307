#include "common/design/typeset/layout.hpp"

#include <hb-ot.h>

#include <algorithm>
#include <cmath>

namespace atelier::design {
namespace {

PangoContext* shared_context() {
    thread_local const GPtr<PangoContext> context = pango::make_context();
    return context.get();
}

struct FreeDescription {
    void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

Description description_of(const TextContent& text, std::size_t index) {
    const Run& run = text.runs[index];
    Description font(pango_font_description_new());
    // The families after the asked one catch what it lacks, in the same order on every machine.
    const std::string family = run.font_family.value_or(text.style.font_family) + ",Open Sans,DejaVu Sans";
    pango_font_description_set_family(font.get(), family.c_str());
    pango_font_description_set_weight(
        font.get(), static_cast<PangoWeight>(run.font_weight.value_or(text.style.font_weight)));
    pango_font_description_set_style(
        font.get(), run.italic.value_or(text.style.italic) ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(font.get(), size_of(text, index) * PANGO_SCALE);
    return font;
}

void insert(PangoAttrList* list, PangoAttribute* attribute, const RunRange& range) {
    attribute->start_index = guint(range.begin);
    attribute->end_index = guint(range.end);
    pango_attr_list_insert(list, attribute);
}

void set_attributes(PangoLayout* layout, const TextContent& text, const FlatText& flat) {
    PangoAttrList* list = pango_attr_list_new();
    for (std::size_t i = 0; i < flat.runs.size(); ++i) {
        const RunRange& range = flat.runs[i];
        if (range.begin == range.end) continue;
        insert(list, pango_attr_font_desc_new(description_of(text, i).get()), range);
        // A colour of its own keeps Pango from joining neighbouring runs.
        insert(list, pango_attr_foreground_new(guint16(i), 0, 0), range);
        const double spacing = text.runs[i].letter_spacing.value_or(text.style.letter_spacing);
        if (spacing == 0) continue;
        insert(list, pango_attr_letter_spacing_new(pango_units_from_double(spacing * size_of(text, i))),
               range);
        insert(list, pango_attr_font_features_new("liga 0, clig 0"), range);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

void set_direction(PangoLayout* layout, Direction direction) {
    pango_layout_set_auto_dir(layout, direction == Direction::automatic);
    pango_context_set_base_dir(pango_layout_get_context(layout),
                               direction == Direction::rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_context_changed(layout);
}

std::string letters_of(const Run& run, Letters letters) {
    std::string text = run.text;
    std::replace(text.begin(), text.end(), '\0', ' ');
    gchar* shown = g_utf8_make_valid(text.data(), gssize(text.size()));
    if (letters == Letters::uppercase) {
        gchar* upper = g_utf8_strup(shown, -1);
        g_free(shown);
        shown = upper;
    }
    std::string out(shown);
    g_free(shown);
    return out;
}

/// Blanks at the end of a paragraph would push it off the middle and off the right edge.
void drop_blanks(FlatText& flat) {
    while (!flat.text.empty() && flat.text.back() == ' ')
        flat.text.pop_back();
    for (RunRange& range : flat.runs) {
        range.begin = std::min(range.begin, flat.text.size());
        range.end = std::min(range.end, flat.text.size());
    }
}

}  // namespace

FlatText flatten_runs(const TextContent& text) {
    FlatText flat;
    for (const Run& run : text.runs) {
        flat.runs.push_back({flat.text.size(), flat.text.size()});
        for (const char c : letters_of(run, text.letters)) {
            if (c == '\n') drop_blanks(flat);
            flat.text += c;
            flat.runs.back().end = flat.text.size();
        }
    }
    drop_blanks(flat);
    return flat;
}

GPtr<PangoLayout> make_layout(const TextContent& text, const FlatText& flat) {
    const auto context = pango::make_context();
    GPtr<PangoLayout> layout(pango_layout_new(context.get()));
    if (!text.runs.empty()) pango_layout_set_font_description(layout.get(), description_of(text, 0).get());
    pango_layout_set_text(layout.get(), flat.text.data(), int(flat.text.size()));
    set_attributes(layout.get(), text, flat);
    set_direction(layout.get(), text.direction);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    pango_layout_set_justify(layout.get(), text.align == Align::justify);
    return layout;
}

void set_width(PangoLayout* layout, double width) {
    constexpr double kWidest = 1e6;
    // A hair of tolerance: a line as wide as the box stays whole.
    pango_layout_set_width(layout, pango_units_from_double(std::clamp(width, 0.0, kWidest)) + 8);
}

double size_of(const TextContent& text, std::size_t run) {
    return text.runs[run].font_size.value_or(text.style.font_size);
}

FontMetrics metrics_of(PangoFont* font) {
    hb_font_t* shaper = pango_font_get_hb_font(font);
    hb_font_extents_t extents{};
    hb_font_get_h_extents(shaper, &extents);
    const auto measure = [&](hb_ot_metrics_tag_t tag, double otherwise) {
        hb_position_t value = 0;
        return hb_ot_metrics_get_position(shaper, tag, &value) ? px(value) : otherwise;
    };
    const double em = px(extents.ascender - extents.descender);
    FontMetrics out{px(extents.ascender), -px(extents.descender), 0, 0, 0};
    out.rule = std::max(em * 0.03, measure(HB_OT_METRICS_TAG_UNDERLINE_SIZE, em * 0.05));
    out.underline = -measure(HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -em * 0.09);
    out.strikethrough = -measure(HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, em * 0.24);
    return out;
}

FontMetrics metrics_of(const TextContent& text, std::size_t run) {
    const GPtr<PangoFont> font(pango_context_load_font(shared_context(), description_of(text, run).get()));
    return font ? metrics_of(font.get()) : FontMetrics{};
}

std::vector<std::size_t> runs_in(const FlatText& flat, std::size_t begin, std::size_t end) {
    std::vector<std::size_t> out;
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < flat.runs.size(); ++i) {
        const RunRange& range = flat.runs[i];
        if (range.begin < range.end && range.begin < end && range.end > begin) out.push_back(i);
        if (range.begin <= begin) nearest = i;
    }
    if (out.empty()) out.push_back(nearest);
    return out;
}

}  // namespace atelier::design
