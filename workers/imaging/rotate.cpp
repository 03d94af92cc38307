#include "workers/imaging/rotate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

double normalised(double degrees) {
    const double rest = std::fmod(degrees, 360.0);
    return rest < 0 ? rest + 360 : rest;
}

struct Turn {
    int quarters;  ///< 0…3, clockwise
    double rest;   ///< degrees, -45…45
};

Turn split(double degrees) {
    const double angle = normalised(degrees);
    const int quarters = int(std::lround(angle / 90));
    return {quarters % 4, angle - quarters * 90};
}

Size turned(Size size, int quarters) {
    return quarters % 2 ? Size{size.height, size.width} : size;
}

/// How far the picture shrinks so that a rectangle of its own aspect fits inside it when turned by `degrees`.
double inner_scale(Size size, double degrees) {
    const double angle = std::abs(degrees) * std::numbers::pi / 180;
    const double w = size.width, h = size.height;
    const double c = std::cos(angle), s = std::sin(angle);
    return std::min(w / (w * c + h * s), h / (w * s + h * c));
}

}  // namespace

Size rotated_size(Size size, double degrees) {
    const Turn turn = split(degrees);
    const Size upright = turned(size, turn.quarters);
    if (turn.rest == 0) return upright;
    const double scale = inner_scale(upright, turn.rest);
    // The outermost pixels of a turned picture are mixed with what is around it.
    constexpr int kSoftBorder = 4;
    return {std::max(1, int(upright.width * scale) - kSoftBorder),
            std::max(1, int(upright.height * scale) - kSoftBorder)};
}

Result<Image> rotate(const Image& image, double degrees) {
    const Turn turn = split(degrees);
    return guarded("rotate", [&] {
        VImage out = unwrap(image).rot(static_cast<VipsAngle>(VIPS_ANGLE_D0 + turn.quarters));
        if (turn.rest == 0) return wrap(out);
        const Size size = rotated_size({out.width(), out.height()}, turn.rest);
        out = out.rotate(turn.rest,
                         VImage::option()->set("interpolate", vips::VInterpolate::new_from_name("bicubic")));
        return wrap(out.extract_area((out.width() - size.width) / 2, (out.height() - size.height) / 2,
                                     size.width, size.height)
                        .cast(VIPS_FORMAT_UCHAR));
    });
}

Result<Image> flip(const Image& image, Flip direction) {
    return guarded("flip", [&] {
        VImage out = unwrap(image);
        if (direction == Flip::horizontal || direction == Flip::both)
            out = out.flip(VIPS_DIRECTION_HORIZONTAL);
        if (direction == Flip::vertical || direction == Flip::both) out = out.flip(VIPS_DIRECTION_VERTICAL);
        return wrap(out);
    });
}

}  // namespace atelier::imaging
