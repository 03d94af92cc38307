#include "workers/imaging/sample.hpp"

#include <algorithm>
#include <cmath>

#include "workers/imaging/resize.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

Pixels copy_out(VImage image) {
    if (image.bands() == 4)
        image = image.flatten(VImage::option()->set("background", std::vector<double>{255, 255, 255}));
    image = image.copy_memory();
    const auto* data = static_cast<const std::uint8_t*>(image.data());
    const std::size_t length = std::size_t(image.width()) * image.height() * 3;
    return {image.width(), image.height(), {data, data + length}};
}

}  // namespace

Result<ScaledPixels> to_pixels(const Image& image, int max_side) {
    auto small = fit_within(image, max_side);
    if (!small) return small.error();
    return guarded("to_pixels", [&] {
        return ScaledPixels{copy_out(unwrap(*small)), double(small->width()) / image.width()};
    });
}

Result<Pixels> sample_area(const Image& image, Rect area, int cell) {
    return guarded("sample_area", [&] {
        VImage part = unwrap(image).extract_area(area.x, area.y, area.width, area.height);
        const int columns = std::max(1, area.width / std::max(1, cell));
        const int rows = std::max(1, area.height / std::max(1, cell));
        if (columns < area.width || rows < area.height)
            part = part.shrink(double(area.width) / columns, double(area.height) / rows);
        return copy_out(part);
    });
}

Result<Image> from_pixels(const Pixels& p) {
    if (p.width <= 0 || p.height <= 0 || p.rgb.size() != std::size_t(p.width) * p.height * 3)
        return internal("from_pixels: the pixels do not match their size");
    return guarded("from_pixels", [&] {
        return wrap(from_memory(p.rgb.data(), p.width, p.height, 3, VIPS_FORMAT_UCHAR)
                        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)));
    });
}

}  // namespace atelier::imaging
