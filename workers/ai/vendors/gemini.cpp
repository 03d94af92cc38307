#include "workers/ai/vendors/gemini.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/numbers.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"
#include "workers/ai/vendors/exchange/text_answers.hpp"
#include "workers/ai/vendors/gemini_answers.hpp"

namespace atelier::ai {
namespace {

constexpr std::int64_t kMaxVectorBytes = 64 << 20;
constexpr int kImagenAtOnce = 4;
constexpr std::string_view kImageRatios[] = {"1:1", "2:3", "3:2",  "3:4",  "4:3",
                                             "4:5", "5:4", "9:16", "16:9", "21:9"};
constexpr std::string_view kImagenRatios[] = {"1:1", "3:4", "4:3", "9:16", "16:9"};

struct Options {
    std::int64_t dimensions = 0;
    std::string image_size;
    json::Value safety;
};

json::Value text_part(const std::string& text) {
    json::Value part;
    return part.set("text", text);
}

json::Value picture_part(const EncodedImage& image) {
    json::Value data, part;
    data.set("mimeType", image.media_type).set("data", base64_of(image));
    return part.set("inlineData", std::move(data));
}

json::Value content_of(json::Array parts) {
    json::Value content;
    return content.set("role", "user").set("parts", std::move(parts));
}

/// What an edit needs to be told where there is no parameter for it.
std::string image_prompt(const ImageRequest& request) {
    std::string prompt = request.prompt;
    if (request.task == ImageTask::outpaint)
        prompt += "\n\nExtend the given picture beyond its edges to the new shape; keep what it shows.";
    if (request.mask)
        prompt += "\n\nThe last picture is a mask: change the first picture only where the mask is white.";
    if (!request.negative_prompt.empty()) prompt += "\n\nAvoid: " + request.negative_prompt;
    if (request.transparent) prompt += "\n\nShow it alone, on a plain background.";
    return prompt;
}

class Gemini : public Provider,
               public TextModel,
               public VisionModel,
               public ImageModel,
               public EmbeddingModel {
  public:
    Gemini(Exchange exchange, Options options)
        : exchange_(std::move(exchange)), options_(std::move(options)) {}

    TextModel* text() override { return this; }
    VisionModel* vision() override { return this; }
    ImageModel* image() override { return this; }
    EmbeddingModel* embedding() override { return this; }

    Answered<TextAnswer> complete(const TextRequest& request, const Call& call) override {
        json::Value config;
        config.set("temperature", request.temperature);
        if (request.seed) config.set("seed", *request.seed);
        return ask({text_part(request.prompt)}, request.instructions, std::move(config), request.schema,
                   request.max_output_tokens, call);
    }

    Answered<TextAnswer> look(const VisionRequest& request, const Call& call) override {
        json::Array parts;
        for (const auto& image : request.images)
            parts.push_back(picture_part(image));
        parts.push_back(text_part(request.prompt));
        return ask(std::move(parts), request.instructions, {}, request.schema, request.max_output_tokens,
                   call);
    }

    Answered<ImageAnswer> make(const ImageRequest& request, const Call& call) override {
        const Attempt attempt(call);
        const bool is_imagen = call.model.starts_with("imagen");
        if (is_imagen && request.task != ImageTask::generate)
            return Failure{FailureKind::permanent,
                           exchange_.id() + " does not edit pictures with this model"};
        ImageAnswer all;
        while (static_cast<int>(all.images.size()) < request.count) {
            const int left = request.count - static_cast<int>(all.images.size());
            auto some = is_imagen ? predict(request, std::min(left, kImagenAtOnce), attempt)
                                  : generate(request, static_cast<int>(all.images.size()), attempt);
            if (!some && (all.images.empty() || attempt.stopped())) return some.error();
            if (!some) break;
            std::move(some->images.begin(), some->images.end(), std::back_inserter(all.images));
            add(all.usage, some->usage);
        }
        all.usage.images = static_cast<int>(all.images.size());
        return all;
    }

    Answered<EmbeddingAnswer> embed(const std::vector<std::string>& texts, const Call& call) override {
        json::Value requests;
        requests.make_array();
        for (const auto& text : texts) {
            json::Value request, content;
            content.set("parts", json::Array{text_part(text)});
            request.set("model", "models/" + call.model).set("content", std::move(content));
            if (options_.dimensions > 0) request.set("outputDimensionality", options_.dimensions);
            requests.push(std::move(request));
        }
        json::Value body;
        body.set("requests", std::move(requests));
        const Attempt attempt(call);
        auto reply = post(call.model, "batchEmbedContents", body, attempt, kMaxVectorBytes);
        if (!reply) return reply.error();
        std::vector<const json::Value*> vectors(texts.size(), nullptr);
        const auto& embeddings = (*reply)["embeddings"].array();
        for (std::size_t i = 0; i < vectors.size() && i < embeddings.size(); ++i)
            vectors[i] = &embeddings[i]["values"];
        return embedding_answer(vectors, gemini_usage(*reply), exchange_.id());
    }

  private:
    /// A model's name becomes a part of the path: nothing else may.
    Answered<json::Value> post(const std::string& model, const char* method, const json::Value& body,
                               const Attempt& attempt, std::int64_t max_bytes) const {
        const auto plain = [](unsigned char c) {
            return std::isalnum(c) || c == '.' || c == '-' || c == '_' || c == '/';
        };
        if (model.empty() || !std::all_of(model.begin(), model.end(), plain) ||
            model.find("..") != std::string::npos)
            return Failure{FailureKind::permanent, exchange_.id() + " cannot have a model of such a name"};
        const std::string kind = model.find('/') == std::string::npos ? "/models/" : "/";  // tunedModels/…
        return exchange_.post(kind + model + ":" + method, body, attempt, max_bytes);
    }

    Answered<TextAnswer> ask(json::Array parts, const std::string& instructions, json::Value config,
                             const json::Value& schema, int max_tokens, const Call& call) const {
        AdaptedSchema adapted = adapt_schema(schema, Dialect::gemini);
        config.set("maxOutputTokens", max_tokens);
        if (!schema.is_null()) config.set("responseMimeType", "application/json");
        if (!schema.is_null() && adapted.is_expressed) config.set("responseSchema", adapted.schema);
        json::Value body, system;
        const std::string told =
            adapted.is_expressed ? instructions : with_schema_in_words(instructions, schema);
        if (!told.empty())
            body.set("systemInstruction", std::move(system.set("parts", json::Array{text_part(told)})));
        body.set("contents", json::Array{content_of(std::move(parts))});
        body.set("generationConfig", std::move(config));
        if (!options_.safety.is_null()) body.set("safetySettings", options_.safety);
        const Attempt attempt(call);
        auto reply = post(call.model, "generateContent", body, attempt, kMaxTextBytes);
        if (!reply) return reply.error();
        const auto candidate = gemini_candidate(*reply, exchange_.id());
        if (!candidate) return candidate.error();
        std::string text = gemini_text(**candidate);
        if (text.empty()) return malformed(exchange_.id(), "without a text");
        return text_answer(std::move(text), schema, adapted, gemini_usage(*reply), exchange_.id());
    }

    Answered<ImageAnswer> generate(const ImageRequest& request, int made, const Attempt& attempt) const {
        json::Array parts{text_part(image_prompt(request))};
        for (const auto& reference : request.references)
            parts.push_back(picture_part(reference));
        if (request.mask) parts.push_back(picture_part(*request.mask));
        json::Value config, shape, body;
        shape.set("aspectRatio", nearest_ratio({request.width, request.height}, kImageRatios));
        config.set("responseModalities", json::Array{"TEXT", "IMAGE"}).set("imageConfig", std::move(shape));
        if (request.seed) config.set("seed", *request.seed + made);
        body.set("contents", json::Array{content_of(std::move(parts))});
        body.set("generationConfig", std::move(config));
        if (!options_.safety.is_null()) body.set("safetySettings", options_.safety);
        auto reply = post(attempt.call().model, "generateContent", body, attempt, max_answer_bytes(2));
        if (!reply) return reply.error();
        const auto candidate = gemini_candidate(*reply, exchange_.id());
        if (!candidate) return candidate.error();
        for (const auto& part : (**candidate)["content"]["parts"].array()) {
            if (!part.has("inlineData")) continue;
            auto picture = picture_of_base64(part["inlineData"]["data"].as_string(), exchange_.id());
            if (!picture) return picture.error();
            return ImageAnswer{{std::move(*picture)}, gemini_usage(*reply)};
        }
        return malformed(exchange_.id(), "without a picture");
    }

    Answered<ImageAnswer> predict(const ImageRequest& request, int count, const Attempt& attempt) const {
        json::Value instance, parameters, body;
        instance.set("prompt", request.negative_prompt.empty()
                                   ? request.prompt
                                   : request.prompt + "\n\nAvoid: " + request.negative_prompt);
        parameters.set("sampleCount", count);
        parameters.set("aspectRatio", nearest_ratio({request.width, request.height}, kImagenRatios));
        if (!options_.image_size.empty()) parameters.set("sampleImageSize", options_.image_size);
        parameters.set("includeRaiReason", true);
        body.set("instances", json::Array{std::move(instance)}).set("parameters", std::move(parameters));
        auto reply = post(attempt.call().model, "predict", body, attempt, max_answer_bytes(count));
        if (!reply) return reply.error();
        ImageAnswer answer;
        bool is_filtered = reply->is_object() && reply->size() == 0;  // all refused, without a word
        for (const auto& prediction : (*reply)["predictions"].array()) {
            is_filtered = is_filtered || prediction["raiFilteredReason"].is_string();
            if (!prediction["bytesBase64Encoded"].is_string()) continue;
            auto picture = picture_of_base64(prediction["bytesBase64Encoded"].as_string(), exchange_.id());
            if (!picture) return picture.error();
            answer.images.push_back(std::move(*picture));
        }
        if (answer.images.empty() && is_filtered) return refusal(exchange_.id());
        if (answer.images.empty()) return malformed(exchange_.id(), "without a picture");
        return answer;
    }

    const Exchange exchange_;
    const Options options_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_gemini(const VendorSettings& settings, http_client::Client& client) {
    OptionReader reader(settings.options);
    Options options;
    options.dimensions = reader.integer("output_dimensionality", 0, 1, 8192);
    options.image_size = reader.text("image_size", "");
    options.safety = reader.list("safety");
    if (auto finished = reader.finish(); !finished) return finished.error();
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_gemini_error};
    if (!settings.key.empty()) endpoint.headers.emplace_back("x-goog-api-key", settings.key);
    return std::make_unique<Gemini>(Exchange(std::move(endpoint), client), std::move(options));
}

}  // namespace atelier::ai
