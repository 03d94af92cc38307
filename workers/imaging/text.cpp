#include "workers/imaging/text.hpp"

#include <strings.h>
#include <algorithm>
#include <cmath>

#include "common/pango/context.hpp"
#include "workers/imaging/blend.hpp"
#include "workers/imaging/paint.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

using pango::GPtr;

void set_line_height(PangoLayout* layout, const PangoFontDescription* font, const TextStyle& style) {
    PangoFontMetrics* metrics = pango_context_get_metrics(pango_layout_get_context(layout), font, nullptr);
    const double natural = pango_units_to_double(pango_font_metrics_get_height(metrics));
    pango_font_metrics_unref(metrics);
    if (natural > 0)
        pango_layout_set_line_spacing(layout, float(style.line_height * style.size_px / natural));
}

void set_letter_spacing(PangoLayout* layout, const TextStyle& style) {
    if (style.letter_spacing == 0) return;
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(
                                           pango_units_from_double(style.letter_spacing * style.size_px)));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

PangoAlignment to_pango(Align align) {
    switch (align) {
        case Align::left:
            return PANGO_ALIGN_LEFT;
        case Align::center:
            return PANGO_ALIGN_CENTER;
        case Align::right:
            return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

/// Every text is laid out at this size and scaled from there. Nothing is hinted, so lengths are proportional
/// to the size; and fonts need not be looked up again for each of the sizes that a fit tries.
constexpr double kLayoutEm = 64;

double scale_of(const TextStyle& style) {
    return style.size_px / kLayoutEm;
}

/// At kLayoutEm; `max_width` is that of the text at its own size.
GPtr<PangoLayout> make_layout(const std::string& text, TextStyle style, double max_width,
                              PangoWrapMode wrap) {
    constexpr double kWidest = 1e6;  // in Pango's units this is half of what an int holds
    max_width = std::min(kWidest, max_width / scale_of(style));
    style.size_px = kLayoutEm;
    const auto context = pango::make_context();
    GPtr<PangoLayout> layout(pango_layout_new(context.get()));
    PangoFontDescription* font = pango_font_description_new();
    // The families after the asked one catch what it lacks, in the same order on every machine.
    pango_font_description_set_family(font, (style.font_family + ",Open Sans,DejaVu Sans").c_str());
    pango_font_description_set_weight(font, static_cast<PangoWeight>(style.weight));
    pango_font_description_set_absolute_size(font, style.size_px * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font);
    set_line_height(layout.get(), font, style);
    pango_font_description_free(font);
    set_letter_spacing(layout.get(), style);
    pango_layout_set_width(layout.get(), pango_units_from_double(max_width));
    pango_layout_set_wrap(layout.get(), wrap);
    pango_layout_set_alignment(layout.get(), to_pango(style.align));
    pango_layout_set_text(layout.get(), text.c_str(), int(text.size()));
    return layout;
}

/// A painted text as coverage, with `pad` pixels around its ink.
struct Coverage {
    VImage mask;  ///< one band, 0…255
    int x, y;     ///< where its corner lies, from the corner of the text's box
};

Coverage paint(PangoLayout* layout, double scale, int pad, double fraction_x, double fraction_y) {
    PangoRectangle ink;
    pango_layout_get_extents(layout, &ink, nullptr);
    const auto px = [&](int units) { return pango_units_to_double(units) * scale; };
    const int x = int(std::floor(px(ink.x))) - pad - 1, y = int(std::floor(px(ink.y))) - pad - 1;
    const int right = int(std::ceil(px(ink.x + ink.width))), bottom = int(std::ceil(px(ink.y + ink.height)));
    const int width = std::max(1, right + pad + 2 - x), height = std::max(1, bottom + pad + 2 - y);
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t* cairo = cairo_create(surface);
    cairo_translate(cairo, fraction_x - x, fraction_y - y);
    cairo_scale(cairo, scale, scale);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    VImage mask = from_memory(cairo_image_surface_get_data(surface), stride, height, 1, VIPS_FORMAT_UCHAR)
                      .extract_area(0, 0, width, height);
    cairo_surface_destroy(surface);
    return {mask, x, y};
}

VImage stamp(const VImage& base, const VImage& mask, int x, int y, Color color, double opacity) {
    const Rect area = clip({x, y, mask.width(), mask.height()}, {base.width(), base.height()});
    if (area.width == 0 || area.height == 0) return base;
    const VImage part = mask.extract_area(area.x - x, area.y - y, area.width, area.height).copy_memory();
    const auto* coverage = static_cast<const std::uint8_t*>(part.data());
    const double share = kWholeShare * opacity / 255;
    const VImage stamped = painted(base, area, [&](std::uint8_t* rgb) {
        const std::uint8_t* end = coverage + std::size_t(area.width) * area.height;
        for (const std::uint8_t* c = coverage; c != end; ++c, rgb += 3)
            if (*c) tint(rgb, color, int(std::lround(*c * share)));
    });
    return base.insert(stamped, area.x, area.y);
}

/// Blurred; where the blur leaves no fine detail, on a grid as coarse as it allows.
VImage softened(const VImage& mask, double sigma) {
    constexpr double kFinestSigma = 4;  // pixels of that grid
    if (sigma < 0.3) return mask;
    const int cell = std::max(1, int(sigma / kFinestSigma));
    if (cell == 1) return mask.gaussblur(sigma);
    return mask.shrink(cell, cell, VImage::option()->set("ceil", true))
        .gaussblur(sigma / cell)
        .resize(cell, VImage::option()->set("kernel", VIPS_KERNEL_LINEAR))
        .extract_area(0, 0, mask.width(), mask.height());
}

}  // namespace

TextMetrics measure_text(const std::string& text, const TextStyle& style, double max_width) {
    const auto layout = make_layout(text, style, max_width, PANGO_WRAP_WORD);
    PangoRectangle ink, logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    const auto px = [&](int units) { return pango_units_to_double(units) * scale_of(style); };
    return {px(logical.width),
            px(logical.height),
            px(ink.x),
            px(ink.y),
            px(ink.width),
            px(ink.height),
            pango_layout_get_line_count(layout.get()),
            pango_layout_get_direction(layout.get(), 0) == PANGO_DIRECTION_RTL,
            px(logical.width) <= max_width + 0.5 && px(ink.width) <= max_width + style.size_px * 0.1};
}

Result<Image> draw_text(const Image& base, const std::string& text, const TextStyle& style, double max_width,
                        double x, double y, double opacity) {
    return guarded("draw_text", [&] {
        const auto layout = make_layout(text, style, max_width, PANGO_WRAP_WORD_CHAR);
        const int left = int(std::floor(x)), top = int(std::floor(y));
        const double sigma = style.shadow ? style.shadow->blur * style.size_px : 0;
        const Coverage ink =
            paint(layout.get(), scale_of(style), int(std::ceil(sigma * 3)), x - left, y - top);
        VImage out = unwrap(base);
        if (style.shadow) {
            const Shadow& s = *style.shadow;
            out = stamp(out, softened(ink.mask, sigma), left + ink.x + int(std::lround(s.dx * style.size_px)),
                        top + ink.y + int(std::lround(s.dy * style.size_px)), s.color, s.opacity * opacity);
        }
        return wrap(stamp(out, ink.mask, left + ink.x, top + ink.y, style.color, opacity));
    });
}

bool has_font(std::string_view family) {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango::font_map(), &families, &count);
    const std::string name(family);
    const bool found = std::any_of(families, families + count, [&](PangoFontFamily* f) {
        return strcasecmp(pango_font_family_get_name(f), name.c_str()) == 0;
    });
    g_free(families);
    return found;
}

}  // namespace atelier::imaging
