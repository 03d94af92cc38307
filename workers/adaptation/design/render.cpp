#include "workers/adaptation/design/render.hpp"

#include <algorithm>
#include <cmath>

#include "workers/adaptation/design/outputs.hpp"
#include "workers/imaging/encode.hpp"

namespace atelier::adaptation::design_render {
namespace {

/// WebP's own limit for a side.
constexpr int kMaxWebpSide = 16383;

Error too_large(std::string message) {
    return {ErrorCode::too_large, std::move(message), {}, {}};
}

bool is_drawn(Output output) {
    return output == Output::png || output == Output::jpeg || output == Output::webp;
}

std::string media_type_of(Output output) {
    switch (output) {
        case Output::png:
            return "image/png";
        case Output::jpeg:
            return "image/jpeg";
        case Output::webp:
            return "image/webp";
        case Output::svg:
            return "image/svg+xml";
        case Output::pdf:
            return "application/pdf";
    }
    return {};
}

Result<void> check(const RenderRequest& request, double width, double height) {
    if (!(request.scale >= 1 && request.scale <= 4))
        return invalid("/scale", "range", "The scale is between 1 and 4.");
    if (request.quality < 1 || request.quality > 100)
        return invalid("/quality", "range", "The quality is between 1 and 100.");
    if (!is_drawn(request.output)) return {};
    if (width * height > double(kMaxRenderPixels))
        return too_large("The picture would have more than 67 megapixels.");
    if (request.output == Output::webp && std::max(width, height) > kMaxWebpSide)
        return too_large("A WebP is at most 16383 pixels wide and high.");
    return {};
}

Result<Rendered> encode_pixels(const Scene& scene, const RenderRequest& request, Rendered out) {
    auto image = draw_pixels(scene, request.scale);
    if (!image) return image.error();
    imaging::EncodeOptions options;
    options.content_type = out.media_type;
    options.quality = request.quality;
    options.max_bytes = request.max_bytes.value_or(0);
    options.min_quality = 1;
    auto encoded = imaging::encode(*image, options);
    if (!encoded) return encoded.error();
    out.bytes = std::move(encoded->bytes);
    out.quality = request.output == Output::png ? 0 : encoded->quality;
    return out;
}

Result<Rendered> write_vectors(const Scene& scene, const RenderRequest& request, Rendered out) {
    auto bytes =
        request.output == Output::svg ? write_svg(scene, request.scale) : write_pdf(scene, request.scale);
    if (!bytes) return bytes.error();
    if (request.max_bytes && bytes->size() > *request.max_bytes)
        return too_large("The file needs " + std::to_string(bytes->size()) + " bytes.");
    out.bytes = std::move(*bytes);
    return out;
}

}  // namespace

Result<Rendered> render(const design::Design& design, const RenderRequest& request, PictureSource& source) {
    const double width = design.canvas.width * request.scale, height = design.canvas.height * request.scale;
    if (auto checked = check(request, width, height); !checked) return checked.error();
    const bool is_pixels = is_drawn(request.output);
    auto pictures =
        Pictures::load(design, source, is_pixels ? request.scale : request.scale * kVectorDensity);
    if (!pictures) return pictures.error();
    const Scene scene(design, std::move(*pictures));
    Rendered out{{}, media_type_of(request.output), int(std::lround(width)), int(std::lround(height)), 0};
    return is_pixels ? encode_pixels(scene, request, std::move(out))
                     : write_vectors(scene, request, std::move(out));
}

}  // namespace atelier::adaptation::design_render
