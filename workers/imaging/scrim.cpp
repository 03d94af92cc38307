#include "workers/imaging/scrim.hpp"

#include <cmath>
#include <vector>

#include "workers/imaging/blend.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

/// The mask is smooth, so it is computed on a coarse grid and enlarged.
constexpr int kGrid = 192;

/// 1 → 0 with flat ends, so that neither border of the gradient shows as a line.
double ease_out(double t) {
    t = std::clamp(t, 0.0, 1.0);
    return 1 - t * t * t * (t * (6 * t - 15) + 10);
}

double distance_outside(const Rect& r, double x, double y) {
    const double dx = std::max({r.x - x, x - r.right(), 0.0}), dy = std::max({r.y - y, y - r.bottom(), 0.0});
    return std::hypot(dx, dy);
}

VImage mask_for(Size canvas, const Scrim& veil) {
    const double step = std::max(1.0, double(std::max(canvas.width, canvas.height)) / kGrid);
    const int columns = int(std::ceil(canvas.width / step)), rows = int(std::ceil(canvas.height / step));
    std::vector<float> mask(std::size_t(columns) * rows);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const double away = distance_outside(veil.solid, (column + 0.5) * step, (row + 0.5) * step);
            // Half a step of slack: the solid part must be solid up to its border after enlarging.
            mask[std::size_t(row) * columns + column] =
                float(veil.opacity * ease_out((away - step) / std::max(1.0, veil.fade)));
        }
    return from_memory(mask.data(), columns, rows, 1, VIPS_FORMAT_FLOAT)
        .resize(
            double(canvas.width) / columns,
            VImage::option()->set("vscale", double(canvas.height) / rows)->set("kernel", VIPS_KERNEL_CUBIC))
        .embed(0, 0, canvas.width, canvas.height, VImage::option()->set("extend", VIPS_EXTEND_COPY));
}

}  // namespace

Result<Image> scrim(const Image& base, const Scrim& veil) {
    return guarded("scrim", [&] {
        const int reach = int(std::ceil(veil.fade)) + 2;
        const Rect area = clip({veil.solid.x - reach, veil.solid.y - reach, veil.solid.width + 2 * reach,
                                veil.solid.height + 2 * reach},
                               base.size());
        if (area.width == 0 || area.height == 0) return base;
        Scrim local = veil;
        local.solid.x -= area.x;
        local.solid.y -= area.y;
        const VImage under = unwrap(base).extract_area(area.x, area.y, area.width, area.height);
        const VImage mask = mask_for({area.width, area.height}, local);
        return wrap(unwrap(base).insert(blend(under, plain(area.width, area.height, veil.color), mask),
                                        area.x, area.y));
    });
}

}  // namespace atelier::imaging
