#include "workers/adaptation/render/render.hpp"
#include "workers/imaging/blur.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"
#include "workers/imaging/resize.hpp"

namespace atelier::adaptation {
namespace {

constexpr int kPreviewSide = 480, kPreviewQuality = 78;

}  // namespace

Result<std::string> make_preview(std::string_view bytes, bool is_blurred) {
    imaging::DecodeOptions options;
    options.at_least = {kPreviewSide, kPreviewSide};
    auto decoded = imaging::decode(bytes, options);
    if (!decoded) return decoded.error();
    auto small = imaging::fit_within(decoded->image, kPreviewSide);
    if (small && is_blurred) small = imaging::blur_beyond_recognition(*small);
    if (!small) return small.error();
    imaging::EncodeOptions encoding;
    encoding.quality = kPreviewQuality;
    auto encoded = imaging::encode(*small, encoding);
    if (!encoded) return encoded.error();
    return std::move(encoded->bytes);
}

}  // namespace atelier::adaptation
