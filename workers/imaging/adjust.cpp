#include "workers/imaging/adjust.hpp"

#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

/// Rec. 709 luma, in the gamma-encoded values as every editor does it.
constexpr double kLuma[3] = {0.2126, 0.7152, 0.0722};

VImage saturate(const VImage& rgb, double factor) {
    double matrix[9];
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            matrix[row * 3 + column] = kLuma[column] * (1 - factor) + (row == column ? factor : 0);
    return rgb.recomb(VImage::new_matrix(3, 3, matrix, 9));
}

}  // namespace

Result<Image> adjust(const Image& image, const Adjustment& a) {
    if (a == Adjustment{}) return image;
    return guarded("adjust", [&] {
        const VImage in = unwrap(image);
        VImage rgb = in.bands() == 4 ? in.extract_band(0, VImage::option()->set("n", 3)) : in;
        rgb = rgb.linear(a.brightness * a.contrast, 128.0 * (1 - a.contrast));
        if (a.saturation != 1) rgb = saturate(rgb, a.saturation);
        rgb = rgb.rint().cast(VIPS_FORMAT_UCHAR);
        if (in.bands() == 4) rgb = rgb.bandjoin(in.extract_band(3));
        return wrap(rgb.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB)));
    });
}

}  // namespace atelier::imaging
