// The web API of AUTOMATIC1111's stable-diffusion-webui, as its /docs page describes it.
#include "common/crypto/encoding.hpp"
#include "common/media/media.hpp"
#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"

namespace atelier::tests {
namespace {

HttpReply detail(int status, json::Value text) {
    json::Value body;
    return json_reply(status, body.set("detail", std::move(text)));
}

HttpReply invalid(const char* member) {
    json::Value one;
    one.set("loc", json::Array{"body", member}).set("msg", "value is not valid").set("type", "value_error");
    return detail(422, json::Array{std::move(one)});
}

HttpReply failed(const char* error, const std::string& errors) {
    json::Value body;
    body.set("error", error).set("detail", "").set("body", "");
    return json_reply(500, body.set("errors", errors));
}

bool is_picture(const json::Value& text) {
    const auto bytes = crypto::base64_decode(text.as_string());
    return bytes && media::inspect(crypto::bytes_of(*bytes));
}

class Automatic1111Api : public VendorApi {
  public:
    Reading read(const HttpRequest& request) override {
        const std::string wanted = "Basic " + crypto::base64_encode(crypto::bytes_of(FakeVendor::key()));
        const bool is_edit = request.path() == "/sdapi/v1/img2img";
        if (!is_edit && request.path() != "/sdapi/v1/txt2img") return refused(detail(404, "Not Found"));
        if (request.header("authorization") != wanted)
            return refused(detail(401, "Incorrect username or password"));
        if (request.method != "POST") return refused(detail(405, "Method Not Allowed"));
        auto body = json::parse(request.body);
        if (!body || !body->is_object()) return refused(invalid("body"));
        for (const char* side : {"width", "height"}) {
            const auto length = (*body)[side].as_int(512);
            if (length < 64 || length > 2048 || length % 8 != 0) return refused(invalid(side));
        }
        if (is_edit && (*body)["init_images"].size() == 0)
            return refused(detail(404, "Init image not found"));
        for (const auto& image : (*body)["init_images"].array())
            if (!is_picture(image)) return refused(failed("HTTPException", "Invalid encoded image"));
        if (body->has("mask") && !is_picture((*body)["mask"])) return refused(invalid("mask"));
        std::string model = (*body)["override_settings"]["sd_model_checkpoint"].as_string();
        return understood(ai::Capability::image, std::move(model), std::move(*body));
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        switch (behaviour.act) {
            case Act::rate_limited: {
                auto reply = detail(429, "Too Many Requests");  // a proxy's
                if (behaviour.retry_after_s)
                    reply.headers["Retry-After"] = std::to_string(*behaviour.retry_after_s);
                return reply;
            }
            case Act::server_error:
                return failed("OutOfMemoryError", "CUDA out of memory.");
            case Act::overloaded:
                return detail(503, "Service Unavailable");
            case Act::wrong_key:
                return detail(401, "Incorrect username or password");
            case Act::unknown_model:
                return detail(404, "Not Found");
            default:
                return pictures(call, behaviour);
        }
    }

  private:
    static HttpReply pictures(const SeenCall& call, const Behaviour& behaviour) {
        const json::Value& asked = call.body;
        const auto width = static_cast<int>(asked["width"].as_int(512));
        const auto height = static_cast<int>(asked["height"].as_int(512));
        json::Value images, info, body;
        for (std::int64_t i = 0; i < asked["batch_size"].as_int(1) * asked["n_iter"].as_int(1); ++i) {
            const std::string png =
                behaviour.act == Act::no_picture
                    ? "not a picture"
                    : example_png(width, height, asked["prompt"].as_string() + std::to_string(i));
            images.push(crypto::base64_encode(crypto::bytes_of(png)));
        }
        info.set("seed", asked["seed"]).set("width", width).set("height", height);
        body.set("images", std::move(images)).set("parameters", asked);
        return json_reply(200, body.set("info", json::write(info)));
    }
};

}  // namespace

std::unique_ptr<VendorApi> automatic1111_api() {
    return std::make_unique<Automatic1111Api>();
}

}  // namespace atelier::tests
