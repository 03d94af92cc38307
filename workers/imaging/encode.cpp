#include "workers/imaging/encode.hpp"

#include <algorithm>
#include <functional>

#include "workers/imaging/jpeg.hpp"
#include "workers/imaging/vips_access.hpp"

namespace atelier::imaging {
namespace {

using vips::VImage;
using Save = std::function<std::string(int quality)>;

/// From here on a JPEG keeps its chroma at full size.
constexpr int kFullChromaQuality = 90;

std::string take(VipsBlob* blob) {
    std::size_t length = 0;
    const auto* data = static_cast<const char*>(vips_blob_get(blob, &length));
    std::string bytes(data, length);
    vips_area_unref(VIPS_AREA(blob));
    return bytes;
}

/// Huffman tables of its own would double the time of a JPEG and save one to two percent of it.
std::string save_jpeg(const VImage& image, int quality) {
    return take(image.jpegsave_buffer(VImage::option()->set("Q", quality)->set("strip", true)));
}

std::string save_webp(const VImage& image, int quality) {
    return take(
        image.webpsave_buffer(VImage::option()->set("Q", quality)->set("effort", 3)->set("strip", true)));
}

/// 100 is the lossless picture; below, the colours are quantised to a palette.
std::string save_png(const VImage& image, int quality) {
    auto* options = VImage::option()->set("compression", 7)->set("strip", true);
    if (quality < 100) options->set("palette", true)->set("Q", quality)->set("dither", 1.0);
    return take(image.pngsave_buffer(options));
}

struct Codec {
    std::string_view content_type;
    std::string (*save)(const VImage&, int quality);
    bool has_alpha;
};

constexpr Codec kCodecs[] = {
    {"image/jpeg", save_jpeg, false}, {"image/webp", save_webp, true}, {"image/png", save_png, true}};

Error does_not_fit(const EncodeOptions& options, std::size_t smallest) {
    return {ErrorCode::too_large,
            "The picture needs " + std::to_string(smallest) + " bytes even at quality " +
                std::to_string(options.min_quality) + "; the format allows " +
                std::to_string(options.max_bytes) + ".",
            {},
            {}};
}

/// Bisects for the largest quality in [low, high) whose bytes fit; `smallest` are the bytes at `low`, which
/// fit.
Encoded best_fit(const Save& save, int low, int high, std::size_t max_bytes, std::string smallest) {
    Encoded best{std::move(smallest), low, true};
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        std::string bytes = save(middle);
        if (bytes.size() <= max_bytes) {
            best = {std::move(bytes), middle, true};
            low = middle;
        } else {
            high = middle;
        }
    }
    return best;
}

/// Computes the pixels. A JPEG's own channels become a JPEG again without a detour over RGB.
Save prepared(const Image& image, const Codec& codec, int asked) {
    const YccView* view = ycc_of(image);
    if (view && codec.save == save_jpeg && asked < kFullChromaQuality) {
        auto channels = std::make_shared<const Ycc>(computed(*view, 2, 2));
        return [channels](int quality) { return write_jpeg(*channels, quality); };
    }
    VImage pixels = unwrap(image);
    if (image.has_alpha() && !codec.has_alpha)
        pixels = pixels.flatten(VImage::option()->set("background", std::vector<double>{255, 255, 255}));
    pixels = pixels.copy_memory();
    return [pixels, save = codec.save](int quality) { return save(pixels, quality); };
}

}  // namespace

Result<Encoded> encode(const Image& image, const EncodeOptions& options) {
    const auto* codec = std::find_if(std::begin(kCodecs), std::end(kCodecs),
                                     [&](const Codec& c) { return c.content_type == options.content_type; });
    if (codec == std::end(kCodecs))
        return invalid("/content_type", "enum", "A picture can be image/jpeg, image/webp or image/png.");
    const bool is_png = codec->content_type == "image/png";
    const int asked = is_png ? 100 : std::clamp(options.quality, 1, 100);
    try {
        const Save save = prepared(image, *codec, asked);
        std::string bytes = save(asked);
        if (options.max_bytes == 0 || bytes.size() <= options.max_bytes)
            return Encoded{std::move(bytes), asked, false};
        const int floor = std::min(asked, std::max(1, options.min_quality));
        std::string smallest = save(floor);
        if (smallest.size() > options.max_bytes) return does_not_fit(options, smallest.size());
        return best_fit(save, floor, asked, options.max_bytes, std::move(smallest));
    } catch (const vips::VError& e) {
        vips_error_clear();
        return internal(std::string("encode: ") + e.what());
    }
}

}  // namespace atelier::imaging
