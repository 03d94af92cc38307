#include "workers/ai/vendors/anthropic.hpp"

#include <algorithm>
#include <utility>

#include "workers/ai/vendors/exchange/exchange.hpp"
#include "workers/ai/vendors/exchange/numbers.hpp"
#include "workers/ai/vendors/exchange/options.hpp"
#include "workers/ai/vendors/exchange/pictures.hpp"
#include "workers/ai/vendors/exchange/text_answers.hpp"

namespace atelier::ai {
namespace {

struct Known {
    std::string_view type;
    Complaint complaint;
};
constexpr Known kTypes[] = {
    {"authentication_error", Complaint::wrong_key},
    {"permission_error", Complaint::forbidden},
    {"billing_error", Complaint::quota},
    {"not_found_error", Complaint::unknown_model},
    {"rate_limit_error", Complaint::rate},
    {"overloaded_error", Complaint::overloaded},
    {"request_too_large", Complaint::too_long},
};

VendorError read_error(int, const json::Value& body) {
    const json::Value& error = body["error"];
    VendorError said{Complaint::none, error["type"].as_string()};
    for (const auto& [type, complaint] : kTypes)
        if (said.code == type) said.complaint = complaint;
    if (said.code != "invalid_request_error") return said;
    // One type for many complaints: its sentences are the only difference.
    const std::string& message = error["message"].as_string();
    const auto says = [&](std::string_view words) { return message.find(words) != std::string::npos; };
    if (says("prompt is too long") || says("context limit") || says("context window"))
        said.complaint = Complaint::too_long;
    else if (says("credit balance"))
        said.complaint = Complaint::quota;
    else if (says("content filtering policy"))
        said.complaint = Complaint::refusal;
    return said;
}

json::Value text_block(const std::string& text) {
    json::Value block;
    return block.set("type", "text").set("text", text);
}

json::Value image_block(const EncodedImage& image) {
    json::Value source, block;
    source.set("type", "base64").set("media_type", image.media_type).set("data", base64_of(image));
    return block.set("type", "image").set("source", std::move(source));
}

class Anthropic : public Provider, public TextModel, public VisionModel {
  public:
    explicit Anthropic(Exchange exchange) : exchange_(std::move(exchange)) {}

    TextModel* text() override { return this; }
    VisionModel* vision() override { return this; }

    Answered<TextAnswer> complete(const TextRequest& request, const Call& call) override {
        json::Value body = message(request.instructions, json::Array{text_block(request.prompt)},
                                   request.max_output_tokens, call.model);
        body.set("temperature", std::clamp(request.temperature, 0.0, 1.0));
        return ask(std::move(body), request.schema, request.schema_name, call);
    }

    Answered<TextAnswer> look(const VisionRequest& request, const Call& call) override {
        json::Array content;
        for (const auto& image : request.images)
            content.push_back(image_block(image));
        content.push_back(text_block(request.prompt));
        return ask(message(request.instructions, std::move(content), request.max_output_tokens, call.model),
                   request.schema, request.schema_name, call);
    }

  private:
    static json::Value message(const std::string& instructions, json::Array content, int max_tokens,
                               const std::string& model) {
        json::Value body, user;
        body.set("model", model).set("max_tokens", max_tokens);
        if (!instructions.empty()) body.set("system", instructions);
        user.set("role", "user").set("content", std::move(content));
        return body.set("messages", json::Array{std::move(user)});
    }

    Answered<TextAnswer> ask(json::Value body, const json::Value& schema, const std::string& schema_name,
                             const Call& call) const {
        const AdaptedSchema adapted = adapt_schema(schema, Dialect::json_schema);
        if (!schema.is_null()) {
            json::Value tool, choice;
            tool.set("name", plain_name(schema_name)).set("description", "Gives the answer.");
            tool.set("input_schema", adapted.schema);
            body.set("tools", json::Array{std::move(tool)});
            choice.set("type", "tool").set("name", plain_name(schema_name));
            body.set("tool_choice", std::move(choice));
        }
        const Attempt attempt(call);
        auto reply = exchange_.post("/v1/messages", body, attempt, kMaxTextBytes);
        if (!reply) return reply.error();
        const std::string& reason = (*reply)["stop_reason"].as_string();
        if (reason == "refusal") return refusal(exchange_.id());
        if (reason == "max_tokens" || reason == "model_context_window_exceeded")
            return malformed(exchange_.id(), "with a text that stops at its limit");
        return read(*reply, schema, adapted);
    }

    Answered<TextAnswer> read(const json::Value& reply, const json::Value& schema,
                              const AdaptedSchema& adapted) const {
        std::string text;
        for (const auto& block : reply["content"].array()) {
            const std::string& type = block["type"].as_string();
            if (type == "tool_use" && !schema.is_null())
                return text_answer(json::write(block["input"]), schema, adapted, usage_of(reply),
                                   exchange_.id());
            if (type == "text") text += block["text"].as_string();
        }
        if (text.empty()) return malformed(exchange_.id(), "without a text");
        return text_answer(std::move(text), schema, adapted, usage_of(reply), exchange_.id());
    }

    /// Tokens that were written to a cache or read from it are input too.
    static Usage usage_of(const json::Value& reply) {
        const json::Value& usage = reply["usage"];
        Usage used{token_count(usage["input_tokens"]), token_count(usage["output_tokens"])};
        if (used.input_tokens)
            for (const char* name : {"cache_creation_input_tokens", "cache_read_input_tokens"})
                *used.input_tokens += token_count(usage[name]).value_or(0);
        return used;
    }

    const Exchange exchange_;
};

}  // namespace

Result<std::unique_ptr<Provider>> make_anthropic(const VendorSettings& settings,
                                                 http_client::Client& client) {
    OptionReader reader(settings.options);
    Endpoint endpoint{settings.id, settings.base_url, settings.key, {}, &read_error};
    endpoint.headers.emplace_back("anthropic-version", reader.text("version", "2023-06-01"));
    if (!settings.key.empty()) endpoint.headers.emplace_back("x-api-key", settings.key);
    if (auto finished = reader.finish(); !finished) return finished.error();
    return std::make_unique<Anthropic>(Exchange(std::move(endpoint), client));
}

}  // namespace atelier::ai
