#include "workers/adaptation/design/render.hpp"

namespace atelier::adaptation::design_render {
namespace {

Result<void> check(const RenderRequest& request) {
    if (!(request.scale >= 1 && request.scale <= 4))
        return invalid("/scale", "range", "The scale is between 1 and 4.");
    if (request.quality < 1 || request.quality > 100)
        return invalid("/quality", "range", "The quality is between 1 and 100.");
    return {};
}

}  // namespace

Result<Rendered> render(const design::Design&, const RenderRequest& request, PictureSource&) {
    if (auto checked = check(request); !checked) return checked.error();
    return unavailable("This output is not available yet.");
}

Result<design::Design> relayout(const design::Design& design, int width, int height) {
    if (width < 16 || width > 8192) return invalid("/width", "range", "A canvas is 16 to 8192 pixels wide.");
    if (height < 16 || height > 8192) return invalid("/height", "range", "A canvas is 16 to 8192 pixels high.");
    if (width == design.canvas.width && height == design.canvas.height) return design;
    return unavailable("This format is not available yet.");
}

}  // namespace atelier::adaptation::design_render
