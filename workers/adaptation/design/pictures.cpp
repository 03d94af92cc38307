#include "workers/adaptation/design/pictures.hpp"

#include <algorithm>
#include <cmath>

#include "workers/adaptation/design/scene.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::adaptation::design_render {
namespace {

using design::Box;
using design::Picture;

/// No larger than it is shown.
Result<imaging::Image> shrunk(const imaging::Image& image, imaging::Size shown) {
    if (image.width() <= shown.width || image.height() <= shown.height) return image;
    return imaging::resize(image, shown);
}

}  // namespace

Box place_of(const Picture& picture, imaging::Size size, double width, double height) {
    if (picture.fit == design::Fit::stretch) return {0, 0, width, height};
    const double x = width / size.width, y = height / size.height;
    const double scale = picture.fit == design::Fit::cover ? std::max(x, y) : std::min(x, y);
    const double w = size.width * scale, h = size.height * scale;
    if (picture.fit == design::Fit::contain)
        return {(width - w) * picture.focus.x, (height - h) * picture.focus.y, w, h};
    // The focus comes to the middle of the box, as far as the picture still covers it.
    return {std::min(0.0, std::max(width / 2 - w * picture.focus.x, width - w)),
            std::min(0.0, std::max(height / 2 - h * picture.focus.y, height - h)), w, h};
}

Result<Pictures> Pictures::load(const design::Design& design, PictureSource& source, double density) {
    Pictures pictures(source, density);
    const design::Canvas& canvas = design.canvas;
    if (canvas.background.image)
        if (auto added = pictures.add(*canvas.background.image, canvas.width, canvas.height); !added)
            return added.error();
    if (auto added = pictures.add_all(design.layers); !added) return added.error();
    return pictures;
}

Result<void> Pictures::add_all(const std::vector<design::Layer>& layers) {
    for (const design::Layer& layer : layers) {
        if (!layer.visible || layer.opacity <= 0) continue;
        Result<void> added{};
        if (const auto* image = image_of(layer))
            added = add(image->picture, layer.box.width, layer.box.height);
        if (const auto* group = std::get_if<design::GroupContent>(&layer.content))
            added = add_all(group->layers);
        if (!added) return added.error();
    }
    return {};
}

Result<void> Pictures::add(const Picture& picture, double width, double height) {
    if (!picture.asset_id && !picture.url) return {};
    auto bytes = source_->fetch(picture);
    if (!bytes && bytes.error().code == ErrorCode::not_found) return {};
    if (!bytes) return bytes.error();
    auto header = imaging::read_header(*bytes);
    if (!header) return header.error();
    const Box place = place_of(picture, header->size, width, height);
    const imaging::Size shown{std::max(1, int(std::ceil(place.width * density_))),
                              std::max(1, int(std::ceil(place.height * density_)))};
    imaging::DecodeOptions options;
    options.at_least = shown;
    options.keep_alpha = true;
    auto decoded = imaging::decode(*bytes, options);
    if (!decoded) return decoded.error();
    auto image = shrunk(decoded->image, shown);
    if (!image) return image.error();
    shown_[&picture] = {std::move(*image), place};
    return {};
}

const ShownPicture* Pictures::find(const Picture& picture) const {
    const auto found = shown_.find(&picture);
    return found == shown_.end() ? nullptr : &found->second;
}

Result<EncodedPicture> encoded(const imaging::Image& image) {
    imaging::EncodeOptions options;
    options.content_type = image.has_alpha() ? "image/png" : "image/jpeg";
    options.quality = 90;
    auto out = imaging::encode(image, options);
    if (!out) return out.error();
    return EncodedPicture{std::move(out->bytes), options.content_type};
}

}  // namespace atelier::adaptation::design_render
