#include <hb-ot.h>
#include <pango/pangocairo.h>

#include <algorithm>

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

void add_outlines(cairo_t* cairo, const SetText& set, const Line& line, const GlyphStretch& stretch) {
    const Saved in_place(cairo);
    enter(cairo, line, stretch, set.scale());
    cairo_move_to(cairo, 0, 0);
    pango_cairo_glyph_string_path(cairo, stretch.glyphs->item->analysis.font, stretch.glyphs->glyphs);
}

/// Emoji are pictures and have no outlines.
bool is_pictorial(const GlyphStretch& stretch) {
    hb_face_t* face = hb_font_get_face(pango_font_get_hb_font(stretch.glyphs->item->analysis.font));
    return hb_ot_color_has_png(face) || hb_ot_color_has_svg(face);
}

/// cairo 1.16 fills the box of letters, not the letters, where a PDF has to let something through a gradient.
bool needs_outlines(cairo_t* cairo, const design::Paint& paint) {
    if (cairo_surface_get_type(cairo_get_group_target(cairo)) == CAIRO_SURFACE_TYPE_IMAGE) return false;
    const std::vector<design::Stop>* stops = nullptr;
    if (const auto* linear = std::get_if<design::LinearPaint>(&paint)) stops = &linear->stops;
    if (const auto* radial = std::get_if<design::RadialPaint>(&paint)) stops = &radial->stops;
    return stops && std::any_of(stops->begin(), stops->end(),
                                [](const design::Stop& stop) { return stop.color.a != 255; });
}

void fill_outlines(cairo_t* cairo, const SetText& set, const Line& line, const GlyphStretch& stretch) {
    cairo_new_path(cairo);
    add_outlines(cairo, set, line, stretch);
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
    cairo_fill(cairo);
}

void stroke_letters(cairo_t* cairo, const design::Stroke& stroke, const SetText& set, const Line& line,
                    const GlyphStretch& stretch) {
    const Saved saved(cairo);
    cairo_new_path(cairo);
    add_outlines(cairo, set, line, stretch);
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
            if (needs_outlines(cairo, fill_of(text, stretch.run)) && !is_pictorial(stretch))
                fill_outlines(cairo, set, line, stretch);
            else
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
