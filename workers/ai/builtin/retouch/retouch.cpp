#include "workers/ai/builtin/retouch/retouch.hpp"

#include <algorithm>
#include <cmath>

#include "workers/ai/builtin/retouch/filters.hpp"
#include "workers/ai/builtin/retouch/geometry.hpp"
#include "workers/ai/builtin/retouch/wishes.hpp"
#include "workers/imaging/rotate.hpp"

namespace atelier::ai::builtin {
namespace {

using namespace retouching;
using imaging::Image;
using imaging::Size;

/// The darkest and the lightest of several, with enough between them.
std::pair<design::Color, design::Color> two_of(const Wish& wish, const std::vector<design::Color>& ours) {
    std::vector<design::Color> colors = wish.colors;
    if (colors.empty() || wish.wants_ours) colors.insert(colors.end(), ours.begin(), ours.end());
    if (colors.empty()) return {{24, 30, 66, 255}, {255, 214, 170, 255}};
    const auto by_light = [](design::Color a, design::Color b) {
        return design::luminance(a) < design::luminance(b);
    };
    design::Color dark = *std::min_element(colors.begin(), colors.end(), by_light);
    design::Color light = *std::max_element(colors.begin(), colors.end(), by_light);
    constexpr double kLeast = 3;
    if (design::contrast(dark, light) >= kLeast) return {dark, light};
    // One colour, or two of one lightness: its own shade or tint is the other.
    if (design::luminance(light) > 0.3) return {design::mix(dark, {0, 0, 0, 255}, 0.82), light};
    return {dark, design::mix(light, {255, 250, 240, 255}, 0.88)};
}

void apply(Raster& raster, const Wish& wish, const std::vector<design::Color>& ours) {
    const double s = wish.strength;
    const std::vector<design::Color> palette = wish.wants_ours && wish.colors.empty() ? ours : wish.colors;
    switch (wish.edit) {
        case Edit::blur:
            return blur(raster, s);
        case Edit::sharpen:
            return sharpen(raster, s);
        case Edit::brighter:
            return brighten(raster, s);
        case Edit::darker:
            return brighten(raster, -s);
        case Edit::contrast:
            return add_contrast(raster, s);
        case Edit::flatten:
            return add_contrast(raster, -s);
        case Edit::warmer:
            return warm(raster, s);
        case Edit::cooler:
            return warm(raster, -s);
        case Edit::saturate:
            return saturate(raster, s);
        case Edit::desaturate:
            return saturate(raster, -s);
        case Edit::grey:
            return make_grey(raster);
        case Edit::sepia:
            return make_sepia(raster);
        case Edit::vintage:
            return make_vintage(raster, s);
        case Edit::cinematic:
            return make_cinematic(raster, s);
        case Edit::invert:
            return invert(raster);
        case Edit::duotone: {
            const auto [dark, light] = two_of(wish, ours);
            return duotone(raster, dark, light);
        }
        case Edit::recolor:
            return recolor(raster, wish.colors[0], wish.colors[1]);
        case Edit::recolor_all:
            return recolor_all(raster, wish.colors[0]);
        case Edit::poster:
            return poster(raster, s, palette);
        case Edit::halftone:
            return halftone(raster, s, palette);
        case Edit::pixelate:
            return pixelate(raster, s);
        case Edit::grain:
            return grain(raster, s);
        case Edit::vignette:
            return vignette(raster, s);
        case Edit::glow:
            return glow(raster, s);
        case Edit::oil:
            return oil(raster, s);
        case Edit::sketch:
            return sketch(raster, s);
        default:
            return;
    }
}

bool is_geometry(Edit edit) {
    return edit == Edit::flip || edit == Edit::flip_over || edit == Edit::rotate || edit == Edit::crop ||
           edit == Edit::extend;
}

/// The size that a wish names, for this picture; nothing where it names none.
std::optional<Size> size_for(const Wish& wish, Size own) {
    if (!wish.size) return std::nullopt;
    if (!wish.is_aspect) return wish.size;
    const double aspect = double(wish.size->width) / wish.size->height;
    const bool is_wider = aspect > double(own.width) / own.height;
    // A crop keeps the side that need not be cut, an extension the one that need not grow.
    const bool keeps_width = (wish.edit == Edit::crop) == is_wider;
    Size out = own;
    if (keeps_width)
        out.height = std::max(1, int(std::lround(own.width / aspect)));
    else
        out.width = std::max(1, int(std::lround(own.height * aspect)));
    constexpr int kLongest = 8192;
    return Size{std::min(out.width, kLongest), std::min(out.height, kLongest)};
}

Result<Image> reshape(const Image& picture, const Wish& wish, bool has_size) {
    if (wish.edit == Edit::flip) return imaging::flip(picture, imaging::Flip::horizontal);
    if (wish.edit == Edit::flip_over) return imaging::flip(picture, imaging::Flip::vertical);
    if (wish.edit == Edit::rotate) return imaging::rotate(picture, wish.strength);
    if (has_size) return picture;  // the size wanted is reached at the end of the reshaping
    const Size own = picture.size();
    const Size usual = wish.edit == Edit::crop
                           ? Size{std::min(own.width, own.height), std::min(own.width, own.height)}
                           : Size{int(own.width * 1.4), own.height};
    const Size size = size_for(wish, own).value_or(usual);
    return wish.edit == Edit::crop ? crop_to(picture, size) : extend_to(picture, size);
}

Result<Image> to_size(const Image& picture, Size size, bool outpaints) {
    return outpaints ? extend_to(picture, size) : crop_to(picture, size);
}

}  // namespace

Result<Retouched> retouch(const imaging::Image& picture, const RetouchRequest& request) {
    const std::vector<Wish> wishes = read_wishes(request.instruction);
    const Size wanted{request.width, request.height};
    const bool has_size = wanted.width > 0 && wanted.height > 0;
    const bool resizes = has_size && wanted != picture.size();
    if (wishes.empty() && !resizes && !request.outpaint)
        return invalid(
            "/prompt", "understood",
            "Nothing in this can be done without a model. Ask for: blur, sharpen, brighter, darker, more "
            "contrast, warmer, cooler, black and white, sepia, vintage, a duotone, recolour red to blue, "
            "posterize, halftone, pixelate, grain, vignette, glow, oil painting, sketch, crop, extend, flip, "
            "rotate.");
    Retouched out{picture, {}};
    bool outpaints = request.outpaint;
    for (const Wish& wish : wishes) {
        if (!is_geometry(wish.edit)) continue;
        outpaints |= wish.edit == Edit::extend;
        auto reshaped = reshape(out.image, wish, has_size);
        if (!reshaped) return reshaped.error();
        out.image = std::move(*reshaped);
        out.done.push_back(wish.said);
    }
    if (has_size && wanted != out.image.size()) {
        auto sized = to_size(out.image, wanted, outpaints);
        if (!sized) return sized.error();
        out.image = std::move(*sized);
        const std::string word = outpaints ? "extended" : "cropped";
        if (std::find(out.done.begin(), out.done.end(), word) == out.done.end()) out.done.push_back(word);
    }
    const bool has_filter =
        std::any_of(wishes.begin(), wishes.end(), [](const Wish& w) { return !is_geometry(w.edit); });
    if (!has_filter) return out;
    auto raster = to_raster(out.image);
    if (!raster) return raster.error();
    for (const Wish& wish : wishes) {
        if (is_geometry(wish.edit)) continue;
        apply(*raster, wish, request.colors);
        out.done.push_back(wish.said);
    }
    auto image = to_image(*raster);
    if (!image) return image.error();
    out.image = std::move(*image);
    return out;
}

}  // namespace atelier::ai::builtin
