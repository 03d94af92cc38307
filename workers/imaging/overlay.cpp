#include "workers/imaging/overlay.hpp"

#include <cmath>

#include "workers/imaging/blend.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::imaging {

using vips::VImage;

Result<Image> overlay(const Image& base, const Image& over, int x, int y, int width, double opacity) {
    const int height = std::max(1, int(std::lround(double(over.height()) * width / over.width())));
    auto scaled = resize(over, {std::max(1, width), height});
    if (!scaled) return scaled;
    return guarded("overlay", [&]() -> Image {
        const Rect area = clip({x, y, scaled->width(), height}, base.size());
        if (area.width == 0 || area.height == 0) return base;
        const VImage under = unwrap(base).extract_area(area.x, area.y, area.width, area.height);
        const VImage part = unwrap(*scaled).extract_area(area.x - x, area.y - y, area.width, area.height);
        const VImage mask = part.bands() == 4 ? part.extract_band(3).linear(opacity / 255, 0)
                                              : VImage::black(area.width, area.height).linear(0, opacity);
        const VImage colours = part.extract_band(0, VImage::option()->set("n", 3));
        return wrap(unwrap(base).insert(blend(under, colours, mask), area.x, area.y));
    });
}

}  // namespace atelier::imaging
