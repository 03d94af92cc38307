#include "workers/ai/vendors/openai.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/numbers.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"
#include "workers/ai/vendors/exchange/text_answers.hpp"
#include "workers/ai/vendors/openai_images.hpp"

namespace atelier::ai {
namespace {

constexpr std::int64_t kMaxVectorBytes = 64 << 20;

/// Reasoning models refuse a temperature.
constexpr std::array<std::string_view, 4> kReasoningModels{"o1", "o3", "o4", "gpt-5"};

struct Known {
    std::string_view code;
    Complaint complaint;
};
constexpr Known kCodes[] = {
    {"insufficient_quota", Complaint::quota},         {"billing_hard_limit_reached", Complaint::quota},
    {"billing_not_active", Complaint::quota},         {"rate_limit_exceeded", Complaint::rate},
    {"invalid_api_key", Complaint::wrong_key},        {"context_length_exceeded", Complaint::too_long},
    {"string_above_max_length", Complaint::too_long}, {"content_policy_violation", Complaint::refusal},
    {"content_filter", Complaint::refusal},           {"moderation_blocked", Complaint::refusal},
    {"model_not_found", Complaint::unknown_model},    {"server_error", Complaint::overloaded},
};

VendorError read_error(int, const json::Value& body) {
    const json::Value& error = body["error"];
    const std::string code = error["code"].string_or(error["type"].as_string());
    VendorError said{Complaint::none, code};
    for (const auto& word : {error["code"].as_string(), error["type"].as_string()})
        for (const auto& [known, complaint] : kCodes)
            if (word == known && said.complaint == Complaint::none) said.complaint = complaint;
    return said;
}

struct Options {
    std::string structured, max_tokens_member;
    bool temperature = true;
    std::int64_t dimensions = 0;
    http_client::Guard outputs;
};

class OpenAi : public Provider,
               public TextModel,
               public VisionModel,
               public ImageModel,
               public EmbeddingModel,
               public SafetyModel {
  public:
    OpenAi(Exchange exchange, Options options, http_client::Client& client)
        : exchange_(std::move(exchange)), options_(std::move(options)), client_(client) {}

    TextModel* text() override { return this; }
    VisionModel* vision() override { return this; }
    ImageModel* image() override { return this; }
    EmbeddingModel* embedding() override { return this; }
    SafetyModel* safety() override { return this; }

    Answered<TextAnswer> complete(const TextRequest& request, const Call& call) override {
        json::Value body =
            chat(request.instructions, json::Value(request.prompt), request.schema, call.model);
        body.set(options_.max_tokens_member, request.max_output_tokens);
        const bool takes_temperature =
            options_.temperature &&
            std::none_of(kReasoningModels.begin(), kReasoningModels.end(),
                         [&](std::string_view prefix) { return call.model.starts_with(prefix); });
        if (takes_temperature) body.set("temperature", request.temperature);
        if (request.seed) body.set("seed", *request.seed);
        return ask(std::move(body), request.schema, request.schema_name, call);
    }

    Answered<TextAnswer> look(const VisionRequest& request, const Call& call) override {
        json::Value parts, text;
        parts.push(text.set("type", "text").set("text", request.prompt));
        for (const auto& image : request.images) {
            json::Value url, part;
            url.set("url", data_url_of(image));
            parts.push(part.set("type", "image_url").set("image_url", std::move(url)));
        }
        json::Value body = chat(request.instructions, std::move(parts), request.schema, call.model);
        body.set(options_.max_tokens_member, request.max_output_tokens);
        return ask(std::move(body), request.schema, request.schema_name, call);
    }

    Answered<ImageAnswer> make(const ImageRequest& given, const Call& call) override {
        const Attempt attempt(call);
        const auto prepared = openai_prepared(given, call.model, exchange_.id());
        if (!prepared) return prepared.error();
        const ImageRequest& request = *prepared;
        const int at_once = openai_family_of(call.model).most_at_once;
        ImageAnswer all;
        while (static_cast<int>(all.images.size()) < request.count) {
            const int made = static_cast<int>(all.images.size());
            auto some = make_some(request, std::min(at_once, request.count - made), made, attempt);
            if (!some && (made == 0 || attempt.stopped())) return some.error();
            if (!some) break;
            std::move(some->images.begin(), some->images.end(), std::back_inserter(all.images));
            add(all.usage, some->usage);
        }
        all.usage.images = static_cast<int>(all.images.size());
        return all;
    }

    Answered<EmbeddingAnswer> embed(const std::vector<std::string>& texts, const Call& call) override {
        json::Value body;
        body.set("model", call.model).set("input", json::Array(texts.begin(), texts.end()));
        body.set("encoding_format", "float");
        if (options_.dimensions > 0) body.set("dimensions", options_.dimensions);
        const Attempt attempt(call);
        auto reply = exchange_.post("/embeddings", body, attempt, kMaxVectorBytes, idempotency(call, 0));
        if (!reply) return reply.error();
        std::vector<const json::Value*> vectors(texts.size(), nullptr);
        for (const auto& entry : (*reply)["data"].array()) {
            const auto index = static_cast<std::size_t>(entry["index"].as_int(-1));
            if (index < vectors.size()) vectors[index] = &entry["embedding"];
        }
        return embedding_answer(vectors, usage_of(*reply), exchange_.id());
    }

    Answered<SafetyAnswer> check(const std::string& text, const Call& call) override {
        json::Value body;
        body.set("model", call.model).set("input", text);
        const Attempt attempt(call);
        auto reply = exchange_.post("/moderations", body, attempt, kMaxTextBytes, idempotency(call, 0));
        if (!reply) return reply.error();
        const json::Value& result = (*reply)["results"].at(0);
        if (!result["flagged"].is_bool()) return malformed(exchange_.id(), "without a judgement");
        SafetyAnswer answer{result["flagged"].as_bool(), {}, usage_of(*reply)};
        for (const auto& [category, flagged] : result["categories"].object())
            if (flagged.as_bool()) answer.categories.push_back(category);
        return answer;
    }

  private:
    json::Value chat(const std::string& instructions, json::Value content, const json::Value& schema,
                     const std::string& model) const {
        const std::string told =
            options_.structured == "json_schema" ? instructions : with_schema_in_words(instructions, schema);
        json::Value messages, system, user, body;
        if (!told.empty()) messages.push(system.set("role", "system").set("content", told));
        messages.push(user.set("role", "user").set("content", std::move(content)));
        return body.set("model", model).set("messages", std::move(messages));
    }

    Answered<TextAnswer> ask(json::Value body, const json::Value& schema, const std::string& schema_name,
                             const Call& call) const {
        AdaptedSchema adapted{schema};
        if (!schema.is_null() && options_.structured != "none") {
            json::Value format, named;
            format.set("type", options_.structured);
            if (options_.structured == "json_schema") {
                adapted = adapt_schema(schema, Dialect::openai_strict);
                named.set("name", plain_name(schema_name)).set("strict", adapted.is_expressed);
                format.set("json_schema", std::move(named.set("schema", adapted.schema)));
            }
            body.set("response_format", std::move(format));
        }
        const Attempt attempt(call);
        auto reply = exchange_.post("/chat/completions", body, attempt, kMaxTextBytes, idempotency(call, 0));
        if (!reply) return reply.error();
        const json::Value& choice = (*reply)["choices"].at(0);
        const std::string& reason = choice["finish_reason"].as_string();
        if (reason == "content_filter" || choice["message"]["refusal"].is_string())
            return refusal(exchange_.id());
        if (reason == "length") return malformed(exchange_.id(), "with a text that stops at its limit");
        if (!choice["message"]["content"].is_string()) return malformed(exchange_.id(), "without a text");
        return text_answer(choice["message"]["content"].as_string(), schema, adapted, usage_of(*reply),
                           exchange_.id());
    }

    Answered<ImageAnswer> make_some(const ImageRequest& request, int count, int made,
                                    const Attempt& attempt) const {
        const std::string& model = attempt.call().model;
        const auto cap = max_answer_bytes(count);
        const auto key = idempotency(attempt.call(), made);
        auto reply =
            request.task == ImageTask::generate && request.references.empty()
                ? exchange_.post("/images/generations", openai_generation(request, model, count), attempt,
                                 cap, key)
                : exchange_.post_form("/images/edits", openai_edit(request, model, count), attempt, cap, key);
        if (!reply) return reply.error();
        ImageAnswer answer;
        answer.usage = usage_of(*reply);
        for (const auto& entry : (*reply)["data"].array()) {
            auto picture = picture_in(entry, attempt);
            if (!picture) return picture.error();
            answer.images.push_back(std::move(*picture));
            if (static_cast<int>(answer.images.size()) == count) break;
        }
        if (answer.images.empty()) return malformed(exchange_.id(), "without a picture");
        return answer;
    }

    Answered<EncodedImage> picture_in(const json::Value& entry, const Attempt& attempt) const {
        if (!entry.has("url")) return picture_of_base64(entry["b64_json"].as_string(), exchange_.id());
        auto bytes = fetch_output(client_, exchange_.id(), entry["url"].as_string(), options_.outputs,
                                  attempt, kMaxPictureBytes);
        if (!bytes) return bytes.error();
        return picture_of(std::move(*bytes), exchange_.id());
    }

    static Usage usage_of(const json::Value& reply) {
        const json::Value& usage = reply["usage"];
        const auto either = [&](const char* name, const char* other) {
            return token_count(usage.has(name) ? usage[name] : usage[other]);
        };
        return {either("prompt_tokens", "input_tokens"), either("completion_tokens", "output_tokens")};
    }

    /// One key a request: those of one call differ by what was made before them.
    static std::vector<http_client::Header> idempotency(const Call& call, int made) {
        if (call.idempotency_key.empty()) return {};
        return {{"Idempotency-Key", call.idempotency_key + (made == 0 ? "" : "-" + std::to_string(made))}};
    }

    const Exchange exchange_;
    const Options options_;
    http_client::Client& client_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_openai(const VendorSettings& settings, http_client::Client& client) {
    const bool is_own = settings.base_url == kOpenAiBaseUrl;
    OptionReader reader(settings.options);
    Options options;
    options.structured = reader.choice("structured", {"json_schema", "json_object", "none"});
    options.max_tokens_member =
        is_own ? reader.choice("max_tokens_member", {"max_completion_tokens", "max_tokens"})
               : reader.choice("max_tokens_member", {"max_tokens", "max_completion_tokens"});
    options.temperature = reader.flag("temperature", true);
    options.dimensions = reader.integer("embedding_dimensions", 0, 1, 8192);
    options.outputs = output_guard(reader);
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_error};
    if (!settings.key.empty()) endpoint.headers.emplace_back("Authorization", "Bearer " + settings.key);
    if (auto name = reader.text("organization", ""); !name.empty())
        endpoint.headers.emplace_back("OpenAI-Organization", std::move(name));
    if (auto name = reader.text("project", ""); !name.empty())
        endpoint.headers.emplace_back("OpenAI-Project", std::move(name));
    if (auto finished = reader.finish(); !finished) return finished.error();
    return std::make_unique<OpenAi>(Exchange(std::move(endpoint), client), std::move(options), client);
}

}  // namespace atelier::ai
