#include <cmath>

#include "workers/adaptation/design/cairo_access.hpp"
#include "workers/adaptation/design/outputs.hpp"
#include "workers/adaptation/design/painter.hpp"
#include "workers/imaging/premultiplied.hpp"

namespace atelier::adaptation::design_render {

Result<imaging::Image> draw_pixels(const Scene& scene, double scale) {
    const design::Canvas& canvas = scene.design().canvas;
    const imaging::Size size{int(std::lround(canvas.width * scale)), int(std::lround(canvas.height * scale))};
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height));
    {
        const Context cairo(cairo_create(surface.get()));
        cairo_scale(cairo.get(), double(size.width) / canvas.width, double(size.height) / canvas.height);
        Painter(cairo.get(), scene, scale).paint_design();
        if (const cairo_status_t status = cairo_status(cairo.get()))
            return internal(std::string("draw_pixels: ") + cairo_status_to_string(status));
    }
    cairo_surface_flush(surface.get());
    // An ARGB32 surface's rows begin at whole pixels.
    const auto* values = reinterpret_cast<const std::uint32_t*>(cairo_image_surface_get_data(surface.get()));
    return imaging::from_premultiplied(values, size,
                                       std::size_t(cairo_image_surface_get_stride(surface.get())) / 4);
}

}  // namespace atelier::adaptation::design_render
