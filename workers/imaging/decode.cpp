#include "workers/imaging/decode.hpp"

#include <algorithm>
#include <cstring>

#include "workers/imaging/jpeg.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;

Error refuse(std::string message) {
    return {ErrorCode::unsupported_media, std::move(message), {}, {}};
}

struct Loader {
    Format format;
    const char* prefix;  ///< of libvips' class name for the format
};

constexpr Loader kLoaders[] = {{Format::jpeg, "VipsForeignLoadJpeg"},
                               {Format::png, "VipsForeignLoadPng"},
                               {Format::webp, "VipsForeignLoadWebp"}};

Result<Format> sniff(std::string_view bytes) {
    if (const char* name = vips_foreign_find_load_buffer(bytes.data(), bytes.size()))
        for (const Loader& loader : kLoaders)
            if (std::strncmp(name, loader.prefix, std::strlen(loader.prefix)) == 0) return loader.format;
    vips_error_clear();
    return refuse("The file is not a JPEG, PNG or WebP picture.");
}

int orientation_of(const VImage& image) {
    return image.get_typeof(VIPS_META_ORIENTATION) ? image.get_int(VIPS_META_ORIENTATION) : 1;
}

bool is_turned(const VImage& image) {
    return orientation_of(image) >= 5 && orientation_of(image) <= 8;
}

VImage open(std::string_view bytes, Format format, int shrink) {
    auto* options =
        VImage::option()->set("fail_on", VIPS_FAIL_ON_ERROR)->set("access", VIPS_ACCESS_SEQUENTIAL);
    if (format == Format::jpeg && shrink > 1) options->set("shrink", shrink);
    return VImage::new_from_buffer(bytes.data(), bytes.size(), "", options);
}

Result<Header> check(const VImage& image, Format format) {
    if (image.get_typeof(VIPS_META_N_PAGES) && image.get_int(VIPS_META_N_PAGES) > 1)
        return refuse("The picture is an animation; only single pictures are accepted.");
    if (std::int64_t(image.width()) * image.height() > kMaxPixels)
        return Error{ErrorCode::too_large, "The picture has more than 50 megapixels.", {}, {}};
    const Size size =
        is_turned(image) ? Size{image.height(), image.width()} : Size{image.width(), image.height()};
    return Header{format, size};
}

/// Profiles that only say "this is sRGB": converting them would cost time and change nothing.
bool is_srgb_profile(const VImage& image) {
    std::size_t length = 0;
    const auto* data = static_cast<const char*>(image.get_blob(VIPS_META_ICC_NAME, &length));
    if (length > 4096) return false;
    const std::string_view profile(data, length);
    return profile.find("sRGB") != std::string_view::npos ||
           profile.find(std::string_view("\0s\0R\0G\0B", 8)) != std::string_view::npos;
}

bool needs_conversion(const VImage& image) {
    return image.interpretation() == VIPS_INTERPRETATION_CMYK ||
           (image.get_typeof(VIPS_META_ICC_NAME) != 0 && !is_srgb_profile(image));
}

VImage to_srgb(VImage image) {
    if (needs_conversion(image)) {
        try {
            auto* options =
                VImage::option()->set("embedded", true)->set("depth", 8)->set("intent", VIPS_INTENT_RELATIVE);
            if (image.interpretation() == VIPS_INTERPRETATION_CMYK) options->set("input_profile", "cmyk");
            return image.icc_transform("srgb", options);
        } catch (const vips::VError&) {
            vips_error_clear();  // a broken profile says nothing about the pixels: read them without it
        }
    }
    return image.colourspace(VIPS_INTERPRETATION_sRGB);
}

VImage settle_alpha(VImage image, const DecodeOptions& options) {
    if (!image.has_alpha() || options.keep_alpha) return image;
    const Color c = options.background;
    return image.flatten(
        VImage::option()->set("background", std::vector<double>{double(c.r), double(c.g), double(c.b)}));
}

/// A JPEG in sRGB or grey is decoded by libjpeg straight to its upright place.
Image decode_jpeg(std::string_view bytes, int shrink, int orientation, bool keeps_ycc) {
    if (keeps_ycc && shrink == 1)
        if (auto picture = read_ycc(bytes, orientation)) return wrap(view_of(std::move(*picture)));
    return wrap(read_rgb(bytes, shrink, orientation));
}

VImage to_pixels_in_memory(VImage image, const DecodeOptions& options) {
    // Colour first: the profile belongs to the pixels as stored. Orientation needs random access, so memory
    // before it.
    image = settle_alpha(to_srgb(std::move(image)), options).cast(VIPS_FORMAT_UCHAR).copy_memory();
    image = image.autorot().copy_memory();
    // Nothing of the stranger's metadata travels on.
    return from_memory(image.data(), image.width(), image.height(), image.bands(), VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

}  // namespace

int shrink_for(Format format, Size original, Size at_least) {
    if (format != Format::jpeg || at_least.width <= 0 || at_least.height <= 0) return 1;
    int shrink = 1;
    while (shrink < 8 && original.width / (shrink * 2) >= at_least.width &&
           original.height / (shrink * 2) >= at_least.height)
        shrink *= 2;
    return shrink;
}

Result<Header> read_header(std::string_view bytes) {
    auto format = sniff(bytes);
    if (!format) return format.error();
    try {
        return check(open(bytes, *format, 1), *format);
    } catch (const vips::VError&) {
        vips_error_clear();
        return refuse("The picture's header is damaged.");
    }
}

Result<Decoded> decode(std::string_view bytes, const DecodeOptions& options) {
    auto header = read_header(bytes);
    if (!header) return header.error();
    const int shrink = shrink_for(header->format, header->size, options.at_least);
    try {
        const VImage stored = open(bytes, header->format, shrink);
        const bool is_plain_jpeg = header->format == Format::jpeg && !needs_conversion(stored);
        Image image = is_plain_jpeg ? decode_jpeg(bytes, shrink, orientation_of(stored), options.keeps_ycc)
                                    : wrap(to_pixels_in_memory(stored, options));
        return Decoded{std::move(image), header->size, shrink};
    } catch (const vips::VError&) {
        vips_error_clear();
        return refuse("The picture is damaged or was cut short.");
    }
}

}  // namespace atelier::imaging
