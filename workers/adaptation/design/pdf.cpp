#include <cairo-pdf.h>

#include "workers/adaptation/design/cairo_access.hpp"
#include "workers/adaptation/design/outputs.hpp"
#include "workers/adaptation/design/painter.hpp"

namespace atelier::adaptation::design_render {
namespace {

/// A PDF counts in points of 1/72 inch, the web's pixel is 1/96 inch.
constexpr double kPointsPerPixel = 0.75;

cairo_status_t append_bytes(void* text, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> write_pdf(const Scene& scene, double scale) {
    const design::Canvas& canvas = scene.design().canvas;
    const double points = kPointsPerPixel * scale;
    std::string bytes;
    const Surface surface(cairo_pdf_surface_create_for_stream(append_bytes, &bytes, canvas.width * points,
                                                              canvas.height * points));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   scene.design().meta.title.c_str());
    {
        const Context cairo(cairo_create(surface.get()));
        cairo_scale(cairo.get(), points, points);
        Painter(cairo.get(), scene, kVectorDensity * scale).paint_design();
        cairo_show_page(cairo.get());
        if (const cairo_status_t status = cairo_status(cairo.get()))
            return internal(std::string("write_pdf: ") + cairo_status_to_string(status));
    }
    cairo_surface_finish(surface.get());
    if (const cairo_status_t status = cairo_surface_status(surface.get()))
        return internal(std::string("write_pdf: ") + cairo_status_to_string(status));
    return bytes;
}

}  // namespace atelier::adaptation::design_render
