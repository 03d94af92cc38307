// OpenAI's API as its reference describes it: https://platform.openai.com/docs/api-reference
#include <algorithm>
#include <cstdio>

#include "common/crypto/encoding.hpp"
#include "common/media/media.hpp"
#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/form.hpp"
#include "tests/support/vendors/openai_schema.hpp"

namespace atelier::tests {
namespace {

using ai::Capability;

HttpReply error(int status, const char* type, json::Value code, const std::string& message) {
    json::Value inner, body;
    inner.set("message", message).set("type", type).set("param", nullptr).set("code", std::move(code));
    return json_reply(status, body.set("error", std::move(inner)));
}

HttpReply bad(const std::string& message) {
    return error(400, "invalid_request_error", nullptr, message);
}

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

class OpenAiApi : public VendorApi {
  public:
    Reading read(const HttpRequest& request) override {
        if (request.header("authorization") != "Bearer " + FakeVendor::key())
            return refused(error(401, "invalid_request_error", "invalid_api_key",
                                 "Incorrect API key provided: " + request.header("authorization")));
        if (request.method != "POST")
            return refused(error(405, "invalid_request_error", "method_not_supported", "Not allowed"));
        if (request.path() == "/v1/images/edits") return edit(request);
        auto body = json::parse(request.body);
        if (request.header("content-type") != "application/json" || !body || !body->is_object())
            return refused(bad("We could not parse the JSON body of your request."));
        if ((*body)["model"].as_string().empty()) return refused(bad("you must provide a model parameter"));
        if (request.path() == "/v1/chat/completions") return chat(std::move(*body));
        if (request.path() == "/v1/images/generations") return generation(std::move(*body));
        if (request.path() == "/v1/embeddings") return embeddings(std::move(*body));
        if (request.path() == "/v1/moderations") return moderation(std::move(*body));
        return refused(error(404, "invalid_request_error", nullptr, "Unknown request URL"));
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        switch (behaviour.act) {
            case Act::rate_limited: {
                auto reply = error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests");
                if (behaviour.retry_after_s) {
                    reply.headers["Retry-After"] = std::to_string(*behaviour.retry_after_s + 1);
                    reply.headers["retry-after-ms"] = std::to_string(*behaviour.retry_after_s * 1000);
                }
                return reply;
            }
            case Act::out_of_quota:
                return error(429, "insufficient_quota", "insufficient_quota",
                             "You exceeded your current quota, please check your plan and billing details.");
            case Act::server_error:
                return error(500, "server_error", nullptr, "The server had an error");
            case Act::overloaded:
                return error(503, "service_unavailable", nullptr, "The engine is currently overloaded");
            case Act::wrong_key:
                return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided");
            case Act::unknown_model:
                return error(404, "invalid_request_error", "model_not_found", "The model does not exist");
            case Act::too_long:
                return error(400, "invalid_request_error", "context_length_exceeded",
                             "This model's maximum context length is 128000 tokens.");
            case Act::refusal:
                if (call.capability == Capability::image)
                    return error(400, "image_generation_user_error", "moderation_blocked",
                                 "Your request was rejected by the safety system.");
                return completion(call, nullptr, "I'm sorry, I can't assist with that.", "stop");
            default:
                return right(call, behaviour);
        }
    }

  private:
    static Reading chat(json::Value body) {
        if (auto name = stranger_in(body, {"model", "messages", "response_format", "temperature", "seed",
                                           "max_tokens", "max_completion_tokens"});
            !name.empty())
            return refused(bad("Unrecognized request argument supplied: " + name));
        const bool reasons = body["model"].as_string().starts_with("o");
        if (reasons && body.has("temperature"))
            return refused(bad("Unsupported value: 'temperature' does not support this value"));
        bool has_picture = false;
        if (body["messages"].size() == 0) return refused(bad("[] is too short - 'messages'"));
        for (const auto& message : body["messages"].array()) {
            if (!is_one_of(message["role"].as_string(), {"system", "developer", "user", "assistant"}))
                return refused(bad("Invalid value: 'role'"));
            for (const auto& part : message["content"].array()) {
                const std::string& url = part["image_url"]["url"].as_string();
                if (part["type"].as_string() == "text" && part["text"].is_string()) continue;
                if (part["type"].as_string() != "image_url" || !url.starts_with("data:image/"))
                    return refused(bad("Invalid content part"));
                has_picture = true;
            }
        }
        const json::Value& format = body["response_format"];
        if (format["type"].as_string() == "json_schema") {
            const json::Value& named = format["json_schema"];
            if (named["name"].as_string().empty() || !named["schema"].is_object())
                return refused(bad("Missing required parameter: 'response_format.json_schema'"));
            const std::string objection =
                named["strict"].as_bool() ? strict_objection(named["schema"]) : std::string();
            if (!objection.empty()) return refused(bad("Invalid schema for response_format: " + objection));
        }
        std::string model = body["model"].as_string();
        return understood(has_picture ? Capability::vision : Capability::text, std::move(model),
                          std::move(body));
    }

    static std::string wrong_picture_parameter(const std::string& model, const std::string& size,
                                               const std::string& quality, std::int64_t n, bool has_format,
                                               std::size_t prompt_length) {
        const bool is_gpt = model.starts_with("gpt-image");
        if (is_gpt && has_format) return "Unknown parameter: 'response_format'.";
        if (is_gpt && !is_one_of(size, {"1024x1024", "1536x1024", "1024x1536", "auto"}))
            return "Invalid value: 'size'";
        if (is_gpt && !is_one_of(quality, {"low", "medium", "high", "auto"}))
            return "Invalid value: 'quality'";
        if (model == "dall-e-3" && (n != 1 || !is_one_of(size, {"1024x1024", "1792x1024", "1024x1792"})))
            return "Invalid value: 'n' or 'size'";
        if (prompt_length > (is_gpt ? 32000u : model == "dall-e-2" ? 1000u : 4000u))
            return "string_above_max_length";
        return n < 1 || n > 10 ? "Invalid value: 'n'" : "";
    }

    static Reading generation(json::Value body) {
        if (auto name = stranger_in(body, {"model", "prompt", "n", "size", "quality", "response_format",
                                           "output_format", "background"});
            !name.empty())
            return refused(bad("Unknown parameter: '" + name + "'."));
        if (body["prompt"].as_string().empty()) return refused(bad("Missing required parameter: 'prompt'."));
        const std::string wrong = wrong_picture_parameter(
            body["model"].as_string(), body["size"].as_string(), body["quality"].as_string(),
            body["n"].as_int(1), body.has("response_format"), body["prompt"].as_string().size());
        if (!wrong.empty()) return refused(bad(wrong));
        std::string model = body["model"].as_string();
        return understood(Capability::image, std::move(model), std::move(body));
    }

    static Reading edit(const HttpRequest& request) {
        auto parts = parse_form(request.header("content-type"), request.body);
        if (!parts) return refused(bad("Could not parse multipart form"));
        const std::string picture = parts->contains("image[]") ? (*parts)["image[]"] : (*parts)["image"];
        for (const std::string& bytes : {picture, parts->contains("mask") ? (*parts)["mask"] : picture})
            if (!media::inspect(crypto::bytes_of(bytes)))
                return refused(bad("Invalid image file or mode for image."));
        if (parts->contains("mask")) {
            const auto mask = media::inspect(crypto::bytes_of((*parts)["mask"]));
            const auto base = media::inspect(crypto::bytes_of(picture));
            if (!mask->has_alpha)
                return refused(bad("Invalid mask image format - mask image missing alpha channel"));
            if (mask->width != base->width || mask->height != base->height)
                return refused(bad("Invalid mask image format - mask size does not match image size"));
        }
        const std::string wrong = wrong_picture_parameter(
            (*parts)["model"], (*parts)["size"], (*parts)["quality"], std::atoi((*parts)["n"].c_str()),
            parts->contains("response_format"), (*parts)["prompt"].size());
        if (!wrong.empty()) return refused(bad(wrong));
        Reading reading = understood(Capability::image, (*parts)["model"], {});
        reading.call.parts = std::move(*parts);
        return reading;
    }

    static Reading embeddings(json::Value body) {
        if (!stranger_in(body, {"model", "input", "encoding_format", "dimensions", "user"}).empty() ||
            body["input"].size() == 0)
            return refused(bad("'$.input' is invalid."));
        std::string model = body["model"].as_string();
        return understood(Capability::embedding, std::move(model), std::move(body));
    }

    static Reading moderation(json::Value body) {
        if (!stranger_in(body, {"model", "input"}).empty() || !body["input"].is_string())
            return refused(bad("Invalid type for 'input'"));
        std::string model = body["model"].as_string();
        return understood(Capability::safety, std::move(model), std::move(body));
    }

    static HttpReply right(const SeenCall& call, const Behaviour& behaviour) {
        switch (call.capability) {
            case Capability::image:
                return pictures(call, behaviour);
            case Capability::embedding:
                return vectors(call);
            case Capability::safety:
                return judgement(call);
            default:
                break;
        }
        const json::Value& schema = call.body["response_format"]["json_schema"]["schema"];
        return completion(call, said_text(schema, behaviour), nullptr,
                          behaviour.act == Act::cut_off ? "length" : "stop");
    }

    static HttpReply completion(const SeenCall& call, json::Value content, json::Value refusal,
                                const char* reason) {
        json::Value message, choice, usage, body;
        message.set("role", "assistant")
            .set("content", std::move(content))
            .set("refusal", std::move(refusal));
        choice.set("index", 0).set("message", std::move(message)).set("logprobs", nullptr);
        choice.set("finish_reason", reason);
        usage.set("prompt_tokens", 120).set("completion_tokens", 80).set("total_tokens", 200);
        body.set("id", "chatcmpl-" + std::to_string(call.number)).set("object", "chat.completion");
        body.set("created", 1760000000)
            .set("model", call.model)
            .set("choices", json::Array{std::move(choice)});
        return json_reply(200, body.set("usage", std::move(usage)));
    }

    static HttpReply pictures(const SeenCall& call, const Behaviour& behaviour) {
        const bool is_edit = !call.parts.empty();
        const auto parameter = [&](const std::string& name) {
            if (!is_edit)
                return call.body[name].is_string() ? call.body[name].as_string()
                                                   : json::write(call.body[name]);
            const auto found = call.parts.find(name);
            return found == call.parts.end() ? std::string() : found->second;
        };
        int width = 1024, height = 1024;
        std::sscanf(parameter("size").c_str(), "%dx%d", &width, &height);
        json::Value data;
        for (int i = 0; i < std::max(1, std::atoi(parameter("n").c_str())); ++i) {
            const std::string png = behaviour.act == Act::no_picture
                                        ? "GIF89a, perhaps"
                                        : example_png(width, height, parameter("prompt") + std::to_string(i));
            json::Value entry;
            data.push(entry.set("b64_json", crypto::base64_encode(crypto::bytes_of(png))));
        }
        json::Value usage, body;
        usage.set("input_tokens", 50).set("output_tokens", 1056).set("total_tokens", 1106);
        body.set("created", 1760000000).set("data", std::move(data));
        return json_reply(200, body.set("usage", std::move(usage)));
    }

    static HttpReply vectors(const SeenCall& call) {
        json::Value data, usage, body;
        int index = 0;
        for (const auto& text : call.body["input"].array()) {
            json::Value entry;
            entry.set("object", "embedding").set("index", index++);
            data.push(entry.set(
                "embedding",
                example_vector(text.as_string(), static_cast<int>(call.body["dimensions"].as_int(64)))));
        }
        usage.set("prompt_tokens", 8).set("total_tokens", 8);
        body.set("object", "list").set("data", std::move(data)).set("model", call.model);
        return json_reply(200, body.set("usage", std::move(usage)));
    }

    static HttpReply judgement(const SeenCall& call) {
        const bool is_flagged = call.body["input"].as_string().find("violent") != std::string::npos;
        json::Value categories, result, body;
        categories.set("violence", is_flagged).set("hate", false);
        result.set("flagged", is_flagged).set("categories", std::move(categories));
        body.set("id", "modr-1").set("model", call.model);
        return json_reply(200, body.set("results", json::Array{std::move(result)}));
    }
};

}  // namespace

std::unique_ptr<VendorApi> openai_api() {
    return std::make_unique<OpenAiApi>();
}

}  // namespace atelier::tests
