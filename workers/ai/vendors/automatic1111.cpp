#include "workers/ai/vendors/automatic1111.hpp"

#include <utility>

#include "common/crypto/encoding.hpp"
#include "workers/ai/vendors/exchange/canvas.hpp"
#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"

namespace atelier::ai {
namespace {

constexpr int kStep = 8;  ///< sides are multiples of it

VendorError read_error(int, const json::Value& body) {
    // {"error": "OutOfMemoryError", "detail", "errors"} of the server's own, {"detail"} of its framework's.
    return {Complaint::none, body["error"].as_string()};
}

struct Options {
    std::int64_t steps = 0, pixels = 0;
    double cfg_scale = 0, denoising = 0;
    std::string sampler;
    bool switches_checkpoint = true;
};

class Automatic1111 : public Provider, public ImageModel {
  public:
    Automatic1111(Exchange exchange, Options options)
        : exchange_(std::move(exchange)), options_(std::move(options)) {}

    ImageModel* image() override { return this; }

    Answered<ImageAnswer> make(const ImageRequest& request, const Call& call) override {
        json::Value body = common_part(request, call.model);
        const bool is_edit = !request.references.empty();
        if (is_edit && request.task == ImageTask::outpaint) {
            auto canvas = canvas_for(request.references[0], size_of(request), exchange_.id());
            if (!canvas) return canvas.error();
            add_pictures(body, canvas->picture, canvas->mask);
        } else if (is_edit) {
            add_pictures(body, request.references[0], request.mask);
        }
        const Attempt attempt(call);
        auto reply = exchange_.post(is_edit ? "/sdapi/v1/img2img" : "/sdapi/v1/txt2img", body, attempt,
                                    max_answer_bytes(request.count + 1));
        if (!reply) return reply.error();
        ImageAnswer answer;
        for (const auto& entry : (*reply)["images"].array()) {
            if (static_cast<int>(answer.images.size()) == request.count) break;
            auto picture = picture_of_base64(entry.as_string(), exchange_.id());
            if (!picture) return picture.error();
            answer.images.push_back(std::move(*picture));
        }
        if (answer.images.empty()) return malformed(exchange_.id(), "without a picture");
        answer.usage.images = static_cast<int>(answer.images.size());
        return answer;
    }

  private:
    PixelSize size_of(const ImageRequest& request) const {
        return size_within({request.width, request.height}, options_.pixels, kStep);
    }

    json::Value common_part(const ImageRequest& request, const std::string& model) const {
        const PixelSize size = size_of(request);
        json::Value body;
        body.set("prompt", request.prompt).set("negative_prompt", request.negative_prompt);
        body.set("width", size.width).set("height", size.height);
        body.set("batch_size", 1).set("n_iter", request.count);
        body.set("steps", options_.steps).set("cfg_scale", options_.cfg_scale);
        body.set("seed", request.seed.value_or(-1));
        if (!options_.sampler.empty()) body.set("sampler_name", options_.sampler);
        body.set("send_images", true).set("save_images", false);
        if (!model.empty() && options_.switches_checkpoint) {
            json::Value settings;
            body.set("override_settings", std::move(settings.set("sd_model_checkpoint", model)));
            body.set("override_settings_restore_afterwards", false);
        }
        return body;
    }

    void add_pictures(json::Value& body, const EncodedImage& picture,
                      const std::optional<EncodedImage>& mask) const {
        constexpr int kFillWithNoise = 2;
        body.set("init_images", json::Array{base64_of(picture)});
        body.set("denoising_strength", mask ? 1.0 : options_.denoising);
        if (!mask) return;
        body.set("mask", base64_of(*mask)).set("mask_blur", 4);  // white is painted anew, as ours
        body.set("inpainting_fill", kFillWithNoise).set("inpaint_full_res", false);
    }

    const Exchange exchange_;
    const Options options_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_automatic1111(const VendorSettings& settings,
                                                     http_client::Client& client) {
    OptionReader reader(settings.options);
    Options options;
    options.steps = reader.integer("steps", 28, 1, 150);
    options.pixels = reader.integer("pixels", 1 << 20, 1 << 16, 1 << 24);
    options.cfg_scale = reader.number("cfg_scale", 7, 1, 30);
    options.denoising = reader.number("denoising", 0.6, 0, 1);
    options.sampler = reader.text("sampler", "");
    options.switches_checkpoint = reader.flag("checkpoint", true);
    if (auto finished = reader.finish(); !finished) return finished.error();
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_error};
    if (!settings.key.empty())
        endpoint.headers.emplace_back("Authorization",
                                      "Basic " + crypto::base64_encode(crypto::bytes_of(settings.key)));
    return std::make_unique<Automatic1111>(Exchange(std::move(endpoint), client), std::move(options));
}

}  // namespace atelier::ai
