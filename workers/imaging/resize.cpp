#include "workers/imaging/resize.hpp"

#include <algorithm>
#include <cmath>

#include "workers/imaging/resample.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

/// Source pixels kept around a region so that the kernel sees real neighbours.
constexpr int kKernelMargin = 4;

/// With alpha.
VImage scaled(const VImage& image, double horizontal, double vertical) {
    return image.premultiply()
        .resize(horizontal, VImage::option()->set("vscale", vertical)->set("kernel", VIPS_KERNEL_LANCZOS3))
        .unpremultiply()
        .cast(VIPS_FORMAT_UCHAR);
}

/// Cuts size out at (x, y), repeating the last row or column where rounding left one pixel too few.
VImage cut(const VImage& image, int x, int y, Size size) {
    x = std::clamp(x, 0, std::max(0, image.width() - size.width));
    y = std::clamp(y, 0, std::max(0, image.height() - size.height));
    const int width = std::min(size.width, image.width() - x),
              height = std::min(size.height, image.height() - y);
    VImage part = image.extract_area(x, y, width, height);
    if (width == size.width && height == size.height) return part;
    return part.embed(0, 0, size.width, size.height, VImage::option()->set("extend", VIPS_EXTEND_COPY));
}

VImage exactly(const VImage& image, Size size) {
    if (image.bands() == 3)
        return resample_rgb(image, {0, 0, double(image.width()), double(image.height())}, size);
    return cut(scaled(image, double(size.width) / image.width(), double(size.height) / image.height()), 0, 0,
               size);
}

}  // namespace

Result<Image> resize(const Image& image, Size size) {
    if (const YccView* view = ycc_of(image)) return wrap(YccView{view->source, view->region, size});
    return guarded("resize", [&] { return wrap(exactly(unwrap(image), size)); });
}

Result<Image> fit_within(const Image& image, int max_side) {
    const double scale = double(max_side) / std::max(image.width(), image.height());
    if (scale >= 1) return image;
    return resize(image, {std::max(1, int(std::lround(image.width() * scale))),
                          std::max(1, int(std::lround(image.height() * scale)))});
}

Result<Image> extract(const Image& image, Rect area) {
    return guarded("extract",
                   [&] { return wrap(unwrap(image).extract_area(area.x, area.y, area.width, area.height)); });
}

Result<Image> resample(const Image& image, Region region, Size size) {
    if (const YccView* view = ycc_of(image); view && view->is_whole())
        return wrap(YccView{view->source, region, size});
    return guarded("resample", [&] {
        const VImage whole = unwrap(image);
        if (whole.bands() == 3) return wrap(resample_rgb(whole, region, size));
        const double scale = std::max(size.width / region.width, size.height / region.height);
        const int left = std::clamp(int(std::floor(region.x)) - kKernelMargin, 0, image.width() - 1);
        const int top = std::clamp(int(std::floor(region.y)) - kKernelMargin, 0, image.height() - 1);
        const int right =
            std::clamp(int(std::ceil(region.x + region.width)) + kKernelMargin, left + 1, image.width());
        const int bottom =
            std::clamp(int(std::ceil(region.y + region.height)) + kKernelMargin, top + 1, image.height());
        const VImage around = whole.extract_area(left, top, right - left, bottom - top);
        return wrap(cut(scaled(around, scale, scale), int(std::lround((region.x - left) * scale)),
                        int(std::lround((region.y - top) * scale)), size));
    });
}

Result<Image> halved(const Image& image) {
    const Size half{(image.width() + 1) / 2, (image.height() + 1) / 2};
    return guarded("halved", [&] {
        if (const YccView* view = ycc_of(image))
            return wrap(view_of(
                computed({view->source, view->region, half}, view->source->across, view->source->down)));
        return wrap(exactly(unwrap(image), half).copy_memory());
    });
}

Result<Image> in_memory(const Image& image) {
    return guarded("in_memory", [&] { return wrap(unwrap(image).copy_memory()); });
}

}  // namespace atelier::imaging
