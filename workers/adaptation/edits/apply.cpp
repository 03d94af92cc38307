#include "workers/adaptation/edits/apply.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "workers/adaptation/text_layout/style_set.hpp"
#include "workers/imaging/overlay.hpp"
#include "workers/imaging/resize.hpp"
#include "workers/imaging/text_fit.hpp"

namespace atelier::adaptation {
namespace {

using elements::Box;
using imaging::Image;

/// Cuts every box to the new photo.
void keep_inside(Source& source) {
    for (elements::Ranked& r : source.elements) {
        const Box inside = intersection(r.element.box, {0, 0, source.width, source.height});
        if (inside.area() < 0.999 * r.element.box.area()) r.is_protected = false;
        r.element.box = inside.area() > 0 ? inside : Box{};
    }
}

Result<Source> cropped(Source source, const FractionBox& crop) {
    const int w = source.image.width(), h = source.image.height();
    const int x = std::clamp(int(std::lround(crop.x * w)), 0, w - 1),
              y = std::clamp(int(std::lround(crop.y * h)), 0, h - 1);
    const int width = std::clamp(int(std::lround(crop.width * w)), 1, w - x);
    const int height = std::clamp(int(std::lround(crop.height * h)), 1, h - y);
    auto image = imaging::extract(source.image, {x, y, width, height});
    if (!image) return image.error();
    const double scale_x = source.width / w, scale_y = source.height / h;
    for (elements::Ranked& r : source.elements) {
        r.element.box.x -= x * scale_x;
        r.element.box.y -= y * scale_y;
    }
    source.image = *image;
    source.width = width * scale_x;
    source.height = height * scale_y;
    keep_inside(source);
    return source;
}

/// The upright box around a box turned with the photo about its middle.
Box turned(const Box& box, double degrees, double old_width, double old_height, double width, double height) {
    const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
    for (const double x : {box.x, box.right()})
        for (const double y : {box.y, box.bottom()}) {
            const double dx = x - old_width / 2, dy = y - old_height / 2;
            const double tx = dx * c - dy * s + width / 2, ty = dx * s + dy * c + height / 2;
            left = std::min(left, tx);
            right = std::max(right, tx);
            top = std::min(top, ty);
            bottom = std::max(bottom, ty);
        }
    return {left, top, right - left, bottom - top};
}

Result<Source> rotated(Source source, double degrees) {
    auto image = imaging::rotate(source.image, degrees);
    if (image) image = imaging::in_memory(*image);
    if (!image) return image.error();
    const double scale = source.width / source.image.width();
    const double width = image->width() * scale, height = image->height() * scale;
    for (elements::Ranked& r : source.elements)
        if (r.element.box.area() > 0)
            r.element.box = turned(r.element.box, degrees, source.width, source.height, width, height);
    source.image = *image;
    source.width = width;
    source.height = height;
    keep_inside(source);
    return source;
}

Result<Source> flipped(Source source, imaging::Flip flip) {
    auto image = imaging::flip(source.image, flip);
    if (!image) return image.error();
    for (elements::Ranked& r : source.elements) {
        Box& box = r.element.box;
        if (flip != imaging::Flip::vertical) box.x = source.width - box.right();
        if (flip != imaging::Flip::horizontal) box.y = source.height - box.bottom();
    }
    source.image = *image;
    return source;
}

/// The overlay's size, or the largest smaller one at which its longest word fits.
Result<Image> with_text(const Image& picture, const TextOverlay& o) {
    imaging::TextStyle style{o.font_family, o.weight, to_px(o.size, picture.width(), picture.height()),
                             o.color,       o.align,  o.shadow};
    const double width = o.width * picture.width();
    const imaging::FitBox box{width, 1e9, std::min(kReadablePx, style.size_px), style.size_px, 0};
    if (const auto fitted = imaging::fit_text(o.text, style, box)) style.size_px = fitted->style.size_px;
    return imaging::draw_text(picture, o.text, style, width, o.x * picture.width(), o.y * picture.height(),
                              o.opacity);
}

}  // namespace

Result<Source> edit_source(const Source& source, const Edits& edits) {
    Result<Source> out = source;
    if (edits.crop) out = cropped(std::move(*out), *edits.crop);
    if (out && edits.rotate != 0) out = rotated(std::move(*out), edits.rotate);
    if (out && edits.flip != imaging::Flip::none) out = flipped(std::move(*out), edits.flip);
    return out;
}

Result<Image> edit_tones(const Image& picture, const Edits& edits) {
    return imaging::adjust(picture, edits.adjustment);
}

Result<Image> edit_overlays(const Image& picture, const Edits& edits, const Image& logo) {
    Result<Image> out = picture;
    if (const auto& o = edits.logo_overlay) {
        if (logo.empty())
            return invalid("/logo_overlay/asset_id", "reference",
                           "There is no such picture to use as a logo.");
        out = imaging::overlay(picture, logo, int(std::lround(o->x * picture.width())),
                               int(std::lround(o->y * picture.height())),
                               int(std::lround(o->width * picture.width())), o->opacity);
    }
    for (const TextOverlay& overlay : edits.text_overlays)
        if (out) out = with_text(*out, overlay);
    return out;
}

}  // namespace atelier::adaptation
