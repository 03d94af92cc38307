#include "common/pango/context.hpp"

namespace atelier::pango {

PangoFontMap* font_map() {
    thread_local const GPtr<PangoFontMap> map = [] {
        GPtr<PangoFontMap> made(pango_cairo_font_map_new());
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(made.get()), 72);
        return made;
    }();
    return map.get();
}

GPtr<PangoContext> make_context() {
    GPtr<PangoContext> context(pango_font_map_create_context(font_map()));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    return context;
}

}  // namespace atelier::pango
