#include "workers/adaptation/design/render.hpp"

namespace atelier::adaptation::design_render {

Result<design::Design> relayout(const design::Design& design, int width, int height) {
    if (width < 16 || width > 8192) return invalid("/width", "range", "A canvas is 16 to 8192 pixels wide.");
    if (height < 16 || height > 8192)
        return invalid("/height", "range", "A canvas is 16 to 8192 pixels high.");
    if (width == design.canvas.width && height == design.canvas.height) return design;
    return unavailable("This format is not available yet.");
}

}  // namespace atelier::adaptation::design_render
