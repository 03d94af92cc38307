#include <pango/pangocairo.h>

#include "workers/adaptation/design/cairo_access.hpp"
#include "workers/adaptation/design/painter.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::GlyphStretch;
using design::Line;
using design::SetText;

/// To the start of the stretch's baseline, in the units in which its glyphs were laid out.
void enter(cairo_t* cairo, const Line& line, const GlyphStretch& stretch, double scale) {
    cairo_translate(cairo, line.x + stretch.x, line.baseline);
    cairo_scale(cairo, scale, scale);
}

void fill_letters(cairo_t* cairo, const SetText& set, const Line& line, const GlyphStretch& stretch) {
    const Saved saved(cairo);
    enter(cairo, line, stretch, set.scale());
    cairo_move_to(cairo, 0, 0);
    // cairo reads the glyphs only; Pango's interface does not say const.
    pango_cairo_show_glyph_item(cairo, set.text().c_str(), const_cast<PangoGlyphItem*>(stretch.glyphs));
}

void stroke_letters(cairo_t* cairo, const design::Stroke& stroke, const SetText& set, const Line& line,
                    const GlyphStretch& stretch) {
    const Saved saved(cairo);
    cairo_new_path(cairo);
    {
        const Saved in_place(cairo);
        enter(cairo, line, stretch, set.scale());
        cairo_move_to(cairo, 0, 0);
        pango_cairo_glyph_string_path(cairo, stretch.glyphs->item->analysis.font, stretch.glyphs->glyphs);
    }
    set_stroke(cairo, stroke);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
}

void fill_rule(cairo_t* cairo, const Line& line, const GlyphStretch& stretch, double top) {
    cairo_new_path(cairo);
    cairo_rectangle(cairo, line.x + stretch.x, line.baseline + top, stretch.width, stretch.rule);
    cairo_fill(cairo);
}

}  // namespace

void paint_text(cairo_t* cairo, const design::TextContent& text, const SetText& set, double width,
                double height) {
    for (const Line& line : set.lines())
        for (const GlyphStretch& stretch : line.glyphs) {
            const design::Run& run = text.runs[stretch.run];
            set_source(cairo, fill_of(text, stretch.run), width, height);
            if (run.underline.value_or(text.style.underline))
                fill_rule(cairo, line, stretch, stretch.underline);
            fill_letters(cairo, set, line, stretch);
            if (run.strikethrough.value_or(text.style.strikethrough))
                fill_rule(cairo, line, stretch, stretch.strikethrough);
        }
    if (!text.stroke) return;
    for (const Line& line : set.lines())
        for (const GlyphStretch& stretch : line.glyphs)
            stroke_letters(cairo, *text.stroke, set, line, stretch);
}

}  // namespace atelier::adaptation::design_render
