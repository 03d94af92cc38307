#include "workers/imaging/mask.hpp"

#include "workers/imaging/blend.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {

using vips::VImage;

Result<Image> mask_outside(Size canvas, const Rect& kept) {
    return guarded("mask", [&] {
        const Rect inside = clip(kept, canvas);
        const VImage white = plain(canvas.width, canvas.height, kWhite);
        if (inside.width <= 0 || inside.height <= 0) return wrap(white);
        return wrap(white.insert(plain(inside.width, inside.height, Color{0, 0, 0}), inside.x, inside.y));
    });
}

Result<Image> clear_where(const Image& picture, const Image& mask) {
    return guarded("clear", [&] {
        const VImage in = unwrap(picture);
        const VImage rgb = in.extract_band(0, VImage::option()->set("n", 3));
        VImage cleared = unwrap(mask).extract_band(0);
        if (cleared.width() != rgb.width() || cleared.height() != rgb.height())
            cleared =
                cleared.resize(double(rgb.width()) / cleared.width(),
                               VImage::option()->set("vscale", double(rgb.height()) / cleared.height()));
        VImage alpha = cleared.linear(-1, 255);
        if (in.bands() == 4) alpha = alpha * in.extract_band(3) / 255.0;
        return wrap(rgb.bandjoin(alpha.rint().cast(VIPS_FORMAT_UCHAR))
                        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)));
    });
}

}  // namespace atelier::imaging
