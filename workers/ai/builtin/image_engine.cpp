#include "common/crypto/hash.hpp"
#include "workers/ai/builtin/art/art.hpp"
#include "workers/ai/builtin/engines.hpp"
#include "workers/ai/builtin/retouch/retouch.hpp"
#include "workers/imaging/decode.hpp"
#include "workers/imaging/encode.hpp"

namespace atelier::ai::builtin {
namespace {

/// Where no seed is given, equal orders still give equal pictures.
std::uint64_t seed_of(const ImageRequest& request, int number) {
    std::uint64_t seed = 0;
    const std::string told = request.subject + "\n" + std::to_string(number);
    for (const auto byte : crypto::sha256(told))
        seed = seed << 8 ^ static_cast<std::uint8_t>(byte) ^ seed >> 56;
    return request.seed ? static_cast<std::uint64_t>(*request.seed) + static_cast<std::uint64_t>(number)
                        : seed;
}

Result<imaging::Image> painted(const ImageRequest& request, const Call& call, int number) {
    return paint({.prompt = request.subject,
                  .context = request.context,
                  .width = request.width,
                  .height = request.height,
                  .transparent = request.transparent,
                  .seed = seed_of(request, number),
                  .stop = call.stop});
}

Result<imaging::Image> edited(const ImageRequest& request) {
    if (request.references.empty()) return invalid("/references", "minItems", "There is no picture to edit.");
    const auto decoded = imaging::decode(request.references.front().bytes, {.keep_alpha = true});
    if (!decoded) return decoded.error();
    const bool is_outpaint = request.task == ImageTask::outpaint;
    const bool keeps_size =
        !is_outpaint && decoded->image.size() == imaging::Size{request.width, request.height};
    auto done = retouch(decoded->image, {.instruction = request.subject,
                                         .colors = request.context.brand_colors,
                                         .width = keeps_size ? 0 : request.width,
                                         .height = keeps_size ? 0 : request.height,
                                         .outpaint = is_outpaint});
    if (!done) return done.error();
    return done->image;
}

}  // namespace

boost::system::result<ImageAnswer, Failure> ImageEngine::make(const ImageRequest& request, const Call& call) {
    ImageAnswer answer;
    for (int i = 0; i < request.count; ++i) {
        const auto image = request.task == ImageTask::generate ? painted(request, call, i) : edited(request);
        if (!image) return failure_of(image.error());
        auto encoded = imaging::encode(*image, {.content_type = "image/png"});
        if (!encoded) return failure_of(encoded.error());
        answer.images.push_back({std::move(encoded->bytes), "image/png"});
    }
    answer.usage.images = request.count;
    return answer;
}

}  // namespace atelier::ai::builtin
