#include "workers/imaging/ycc.hpp"

#include <algorithm>
#include <cstring>

#include "workers/imaging/resample.hpp"
#include "workers/imaging/rgb_buffer.hpp"

namespace atelier::imaging {
namespace {

/// JFIF's conversion in 16-bit fixed point.
constexpr int kShift = 16, kHalf = 1 << (kShift - 1);
constexpr int kRedOfCr = 91'881, kGreenOfCb = 22'554, kGreenOfCr = 46'802, kBlueOfCb = 116'130;

std::uint8_t level(int value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

void row_to_rgb(const std::uint8_t* y, const std::uint8_t* cb, const std::uint8_t* cr, std::uint8_t* rgb,
                int width) {
    for (int x = 0; x < width; ++x, rgb += 3) {
        const int blue = cb[x] - 128, red = cr[x] - 128;
        rgb[0] = level(y[x] + ((kRedOfCr * red + kHalf) >> kShift));
        rgb[1] = level(y[x] - ((kGreenOfCb * blue + kGreenOfCr * red + kHalf) >> kShift));
        rgb[2] = level(y[x] + ((kBlueOfCb * blue + kHalf) >> kShift));
    }
}

int samples(int pixels, int each) {
    return (pixels + each - 1) / each;
}

/// The view's chroma as a region of the source's chroma samples, for an output of which every sample covers
/// across × down pixels; the last ones may stand over the border.
Channel scaled_chroma(const Channel& channel, const YccView& view, int across, int down) {
    const Ycc& source = *view.source;
    const Size size{samples(view.size.width, across), samples(view.size.height, down)};
    const Region& r = view.region;
    return resample(channel,
                    {r.x / source.across, r.y / source.down,
                     r.width / source.across * (double(size.width) * across / view.size.width),
                     r.height / source.down * (double(size.height) * down / view.size.height)},
                    size);
}

}  // namespace

Channel::Channel(int width, int height)
    : values_(std::make_unique_for_overwrite<std::uint8_t[]>(std::size_t(width) * height + kSlack)),
      width_(width),
      height_(height) {
    std::memset(values_.get() + bytes(), 0, kSlack);
}

YccView view_of(Ycc picture) {
    const Size size = picture.size();
    return {std::make_shared<const Ycc>(std::move(picture)),
            {0, 0, double(size.width), double(size.height)},
            size};
}

Ycc computed(const YccView& view, int across, int down) {
    return {resample(view.source->y, view.region, view.size),
            scaled_chroma(view.source->cb, view, across, down),
            scaled_chroma(view.source->cr, view, across, down), across, down};
}

vips::VImage to_rgb(const YccView& view) {
    const Ycc full = computed(view, 1, 1);
    RgbBuffer rgb(view.size);
    for (int y = 0; y < view.size.height; ++y)
        row_to_rgb(full.y.row(y), full.cb.row(y), full.cr.row(y), rgb.row(y), view.size.width);
    return rgb.take();
}

}  // namespace atelier::imaging
