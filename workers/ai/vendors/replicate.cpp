#include "workers/ai/vendors/replicate.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "workers/ai/vendors/exchange/canvas.hpp"
#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"
#include "workers/ai/vendors/exchange/polling.hpp"

namespace atelier::ai {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kLongestWaitS = 60;          ///< of `Prefer: wait`
constexpr std::int64_t kShortestLifetimeS = 5;      ///< of `Cancel-After`
constexpr std::size_t kMaxInlineBytes = 256 << 10;  ///< of a picture in a data URL, by Replicate's advice
constexpr std::int64_t kCanvasPixels = 1 << 20;
constexpr int kCanvasStep = 16;
constexpr std::string_view kRatios[] = {"1:1", "16:9", "21:9", "3:2",  "2:3", "4:5",
                                        "5:4", "3:4",  "4:3",  "9:16", "9:21"};
constexpr std::array<std::string_view, 6> kUsualInputs{"prompt", "aspect_ratio", "count",
                                                       "seed",   "image",        "mask"};

VendorError read_error(int status, const json::Value& body) {
    // {"title", "detail", "status"}: sentences only; the status tells enough.
    VendorError said;
    const std::string& detail = body["detail"].as_string();
    if (status == 422 && detail.find("version does not exist") != std::string::npos)
        said.complaint = Complaint::unknown_model;
    return said;
}

struct Options {
    json::Value names, input;
    std::chrono::milliseconds poll{500};
    http_client::Guard outputs;
};

bool is_path_part(std::string_view text) {
    return !text.empty() && text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_over(const json::Value& prediction) {
    const std::string& status = prediction["status"].as_string();
    return status == "succeeded" || status == "failed" || status == "canceled" || status == "aborted";
}

class Replicate : public Provider, public ImageModel {
  public:
    Replicate(Exchange exchange, Options options, http_client::Client& client)
        : exchange_(std::move(exchange)), options_(std::move(options)), client_(client) {}

    ImageModel* image() override { return this; }

    Answered<ImageAnswer> make(const ImageRequest& request, const Call& call) override {
        const Attempt attempt(call);
        auto prediction = create(request, attempt);
        if (!prediction) return prediction.error();
        const std::string id = (*prediction)["id"].as_string();
        if (!is_path_part(id)) return malformed(exchange_.id(), "without a prediction's id");
        auto finished = finish(std::move(*prediction), id, attempt);
        if (!finished) return finished.error();
        return outputs_of((*finished)["output"], request.count, attempt);
    }

  private:
    Answered<json::Value> create(const ImageRequest& request, const Attempt& attempt) const {
        const std::string_view model = attempt.call().model;
        const auto slash = model.find('/'), colon = model.find(':');
        const std::string_view name = model.substr(0, colon);
        if (slash == std::string_view::npos || !is_path_part(name.substr(0, slash)) ||
            !is_path_part(name.substr(slash + 1)))
            return Failure{FailureKind::permanent, exchange_.id() + " cannot have a model of such a name"};
        auto input = input_of(request, attempt);
        if (!input) return input.error();
        json::Value body;
        body.set("input", std::move(*input));
        std::string path = "/models/" + std::string(name) + "/predictions";
        if (colon != std::string_view::npos) {
            path = "/predictions";
            body.set("version", model.substr(colon + 1));
        }
        const auto lifetime = std::max<std::int64_t>(attempt.remaining() / 1s + 1, kShortestLifetimeS);
        const auto seconds = std::clamp<std::int64_t>(attempt.remaining() / 2s, 1, kLongestWaitS);
        return exchange_.post(path, body, attempt, max_answer_bytes(request.count),
                              {{"Prefer", "wait=" + std::to_string(seconds)},
                               {"Cancel-After", std::to_string(lifetime) + "s"}});
    }

    Answered<json::Value> input_of(const ImageRequest& request, const Attempt& attempt) const {
        json::Value input = options_.input;
        input.make_object();
        const auto set = [&](const char* what, const char* usual, json::Value value) {
            const bool is_named = options_.names.has(what);
            const bool is_usual =
                std::find(kUsualInputs.begin(), kUsualInputs.end(), what) != kUsualInputs.end();
            if (!is_named && !is_usual) return;
            const std::string name = is_named ? options_.names[what].as_string() : usual;
            if (!name.empty()) input.set(name, std::move(value));
        };
        set("prompt", "prompt", request.prompt);
        if (!request.negative_prompt.empty())
            set("negative_prompt", "negative_prompt", request.negative_prompt);
        set("width", "width", request.width);
        set("height", "height", request.height);
        set("aspect_ratio", "aspect_ratio", nearest_ratio({request.width, request.height}, kRatios));
        set("count", "num_outputs", request.count);
        if (request.seed) set("seed", "seed", *request.seed);
        if (request.references.empty()) return input;
        const auto pictures = pictures_for(request);
        if (!pictures) return pictures.error();
        for (const auto& [name, picture] : *pictures) {
            auto url = url_for(picture, attempt);
            if (!url) return url.error();
            set(name, name, std::move(*url));
        }
        return input;
    }

    using NamedPictures = std::vector<std::pair<const char*, EncodedImage>>;

    Answered<NamedPictures> pictures_for(const ImageRequest& request) const {
        if (request.task == ImageTask::outpaint) {
            const auto size = size_within({request.width, request.height}, kCanvasPixels, kCanvasStep);
            auto canvas = canvas_for(request.references[0], size, exchange_.id());
            if (!canvas) return canvas.error();
            return NamedPictures{{"image", std::move(canvas->picture)}, {"mask", std::move(canvas->mask)}};
        }
        NamedPictures pictures{{"image", request.references[0]}};
        if (request.mask) pictures.emplace_back("mask", *request.mask);
        return pictures;
    }

    /// Small pictures travel in the request; the others are uploaded first.
    Answered<std::string> url_for(const EncodedImage& picture, const Attempt& attempt) const {
        if (picture.bytes.size() <= kMaxInlineBytes) return data_url_of(picture);
        Multipart form;
        form.add_file("content", "picture." + std::string(extension_of(picture)), picture.media_type,
                      picture.bytes);
        auto reply = exchange_.post_form("/files", form, attempt, kMaxTextBytes);
        if (!reply) return reply.error();
        std::string url = (*reply)["urls"]["get"].as_string();
        if (url.empty()) return malformed(exchange_.id(), "without an uploaded picture's address");
        return url;
    }

    /// Polls until the prediction is over; takes it back when the call ends before.
    Answered<json::Value> finish(json::Value prediction, const std::string& id,
                                 const Attempt& attempt) const {
        if (is_over(prediction)) return judged(std::move(prediction));
        auto finished = poll(
            attempt, exchange_.id(), options_.poll,
            [&] { return exchange_.get("/predictions/" + id, attempt, max_answer_bytes(1)); }, is_over);
        if (finished) return judged(std::move(*finished));
        exchange_.take_back("/predictions/" + id + "/cancel", json::Object{});
        return finished;
    }

    Answered<json::Value> judged(json::Value prediction) const {
        const std::string& status = prediction["status"].as_string();
        if (status == "succeeded") return prediction;
        if (status != "failed")
            return Failure{FailureKind::transient, exchange_.id() + " cancelled the prediction"};
        std::string error = prediction["error"].as_string();
        std::transform(error.begin(), error.end(), error.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const char* word : {"nsfw", "sensitive", "safety", "moderation", "flagged"})
            if (error.find(word) != std::string::npos) return refusal(exchange_.id());
        return Failure{FailureKind::transient, exchange_.id() + " failed to make the prediction"};
    }

    Answered<ImageAnswer> outputs_of(const json::Value& output, int count, const Attempt& attempt) const {
        ImageAnswer answer;
        const json::Array one{output};
        for (const auto& entry : output.is_array() ? output.array() : one) {
            const json::Value& url = entry.is_object() ? entry["url"] : entry;
            if (!url.is_string()) continue;
            auto picture = picture_at(url.as_string(), attempt);
            if (!picture) return picture.error();
            answer.images.push_back(std::move(*picture));
            if (static_cast<int>(answer.images.size()) == count) break;
        }
        if (answer.images.empty()) return malformed(exchange_.id(), "without a picture");
        answer.usage.images = static_cast<int>(answer.images.size());
        return answer;
    }

    Answered<EncodedImage> picture_at(const std::string& url, const Attempt& attempt) const {
        if (url.starts_with("data:")) return picture_of_base64(url, exchange_.id());
        auto bytes = fetch_output(client_, exchange_.id(), url, options_.outputs, attempt, kMaxPictureBytes);
        if (!bytes) return bytes.error();
        return picture_of(std::move(*bytes), exchange_.id());
    }

    const Exchange exchange_;
    const Options options_;
    http_client::Client& client_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_replicate(const VendorSettings& settings,
                                                 http_client::Client& client) {
    OptionReader reader(settings.options);
    Options options;
    options.names = reader.object("names");
    options.input = reader.object("input");
    options.poll = std::chrono::milliseconds(reader.integer("poll_ms", 500, 1, 60'000));
    options.outputs = output_guard(reader);
    if (auto finished = reader.finish(); !finished) return finished.error();
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_error};
    if (!settings.key.empty()) endpoint.headers.emplace_back("Authorization", "Bearer " + settings.key);
    return std::make_unique<Replicate>(Exchange(std::move(endpoint), client), std::move(options), client);
}

}  // namespace atelier::ai
