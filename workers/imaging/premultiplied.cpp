#include "workers/imaging/premultiplied.hpp"

#include <algorithm>

#include "workers/imaging/rgb_buffer.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

std::uint32_t scaled(std::uint32_t value, std::uint32_t alpha) {
    return (value * alpha + 127) / 255;
}

std::uint32_t packed(const std::uint8_t* p, bool has_alpha) {
    const std::uint32_t a = has_alpha ? p[3] : 255;
    if (a == 255) return 0xff000000u | std::uint32_t(p[0]) << 16 | std::uint32_t(p[1]) << 8 | p[2];
    return a << 24 | scaled(p[0], a) << 16 | scaled(p[1], a) << 8 | scaled(p[2], a);
}

bool is_opaque(const std::uint32_t* values, Size size, std::size_t stride) {
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            if (values[y * stride + x] < 0xff000000u) return false;
    return true;
}

VImage opaque_picture(const std::uint32_t* values, Size size, std::size_t stride) {
    RgbBuffer buffer(size);
    for (int y = 0; y < size.height; ++y) {
        const std::uint32_t* row = values + y * stride;
        std::uint8_t* out = buffer.row(y);
        for (int x = 0; x < size.width; ++x, out += 3) {
            out[0] = std::uint8_t(row[x] >> 16);
            out[1] = std::uint8_t(row[x] >> 8);
            out[2] = std::uint8_t(row[x]);
        }
    }
    return buffer.take();
}

std::uint8_t straight(std::uint32_t value, std::uint32_t alpha) {
    return std::uint8_t(std::min<std::uint32_t>(255, (value * 255 + alpha / 2) / alpha));
}

VImage transparent_picture(const std::uint32_t* values, Size size, std::size_t stride) {
    std::vector<std::uint8_t> rgba(std::size_t(size.width) * size.height * 4);
    std::uint8_t* out = rgba.data();
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x, out += 4) {
            const std::uint32_t v = values[y * stride + x], a = v >> 24;
            if (a == 0) continue;
            out[0] = straight(v >> 16 & 0xff, a);
            out[1] = straight(v >> 8 & 0xff, a);
            out[2] = straight(v & 0xff, a);
            out[3] = std::uint8_t(a);
        }
    return from_memory(rgba.data(), size.width, size.height, 4, VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

}  // namespace

Result<Premultiplied> to_premultiplied(const Image& image) {
    return guarded("to_premultiplied", [&] {
        const VImage pixels = unwrap(image).copy_memory();
        const int bands = pixels.bands();
        Premultiplied out{image.size(), bands == 4, {}};
        out.values.resize(std::size_t(out.size.width) * out.size.height);
        const auto* p = static_cast<const std::uint8_t*>(pixels.data());
        for (std::uint32_t& value : out.values) {
            value = packed(p, out.has_alpha);
            p += bands;
        }
        return out;
    });
}

Result<Image> from_premultiplied(const std::uint32_t* values, Size size, std::size_t stride) {
    return guarded("from_premultiplied", [&] {
        return wrap(is_opaque(values, size, stride) ? opaque_picture(values, size, stride)
                                                    : transparent_picture(values, size, stride));
    });
}

}  // namespace atelier::imaging
