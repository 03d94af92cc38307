// Google's Gemini API as its reference describes it: https://ai.google.dev/api
#include <algorithm>
#include <cstdio>

#include "common/crypto/encoding.hpp"
#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"

namespace atelier::tests {
namespace {

using ai::Capability;

HttpReply error(int status, const char* name, const std::string& message, json::Array details = {}) {
    json::Value inner, body;
    inner.set("code", status).set("message", message).set("status", name);
    if (!details.empty()) inner.set("details", std::move(details));
    return json_reply(status, body.set("error", std::move(inner)));
}

HttpReply bad(const std::string& message) {
    return error(400, "INVALID_ARGUMENT", message);
}

HttpReply unknown_name(const std::string& name, const char* where) {
    return bad("Invalid JSON payload received. Unknown name \"" + name + "\" at '" + where +
               "': Cannot find field.");
}

/// Why the schema object is refused; empty when it is not.
std::string objection(const json::Value& schema) {
    if (auto name = stranger_in(
            schema,
            {"type",      "format",    "title",      "description", "nullable",      "enum",
             "maxItems",  "minItems",  "properties", "required",    "minProperties", "maxProperties",
             "minLength", "maxLength", "pattern",    "example",     "anyOf",         "propertyOrdering",
             "default",   "items",     "minimum",    "maximum"});
        !name.empty())
        return "Unknown name \"" + name + "\"";
    const std::string& type = schema["type"].as_string();
    constexpr std::string_view kTypes[] = {"STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT"};
    const bool is_known = std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
    if (!is_known && !schema.has("anyOf")) return "type: unknown";
    if (type == "OBJECT" && schema["properties"].size() == 0) return "should be non-empty for OBJECT type";
    if (type == "ARRAY" && !schema.has("items")) return "items: missing field";
    for (const auto& name : schema["required"].array())
        if (!schema["properties"].has(name.as_string())) return "required: property is not defined";
    for (const auto& [name, property] : schema["properties"].object())
        if (auto found = objection(property); !found.empty()) return found;
    for (const auto& alternative : schema["anyOf"].array())
        if (auto found = objection(alternative); !found.empty()) return found;
    return schema.has("items") ? objection(schema["items"]) : "";
}

class GeminiApi : public VendorApi {
  public:
    Reading read(const HttpRequest& request) override {
        if (request.header("x-goog-api-key") != FakeVendor::key()) return refused(wrong_key());
        constexpr std::string_view kModels = "/v1beta/models/";
        const std::string path(request.path());
        const auto colon = path.rfind(':');
        if (request.method != "POST" || !path.starts_with(kModels) || colon == std::string::npos)
            return refused(error(404, "NOT_FOUND", "Requested entity was not found."));
        auto body = json::parse(request.body);
        if (!body || !body->is_object()) return refused(bad("Invalid JSON payload received."));
        const std::string model = path.substr(kModels.size(), colon - kModels.size());
        const std::string method = path.substr(colon + 1);
        if (method == "generateContent") return generate(model, std::move(*body));
        if (method == "predict" && model.starts_with("imagen")) return predict(model, std::move(*body));
        if (method == "batchEmbedContents") return embed(model, std::move(*body));
        return refused(error(404, "NOT_FOUND", "Method not found."));
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        switch (behaviour.act) {
            case Act::rate_limited: {
                json::Array details;
                if (behaviour.retry_after_s) {
                    json::Value info;
                    info.set("@type", "type.googleapis.com/google.rpc.RetryInfo");
                    details.push_back(info.set("retryDelay", std::to_string(*behaviour.retry_after_s) + "s"));
                }
                return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.",
                             std::move(details));
            }
            case Act::out_of_quota: {
                json::Value violation, failure;
                violation.set("quotaId", "GenerateRequestsPerDayPerProjectPerModel-FreeTier");
                failure.set("@type", "type.googleapis.com/google.rpc.QuotaFailure");
                failure.set("violations", json::Array{std::move(violation)});
                return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.",
                             json::Array{std::move(failure)});
            }
            case Act::server_error:
                return error(500, "INTERNAL", "An internal error has occurred.");
            case Act::overloaded:
                return error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case Act::wrong_key:
                return wrong_key();
            case Act::unknown_model:
                return error(404, "NOT_FOUND",
                             "models/" + call.model + " is not found for API version v1beta");
            case Act::too_long:
                return bad("The input token count (1200000) exceeds the maximum number of tokens allowed");
            case Act::refusal:
                return blocked(call);
            default:
                return right(call, behaviour);
        }
    }

  private:
    static HttpReply wrong_key() {
        json::Value info;
        info.set("@type", "type.googleapis.com/google.rpc.ErrorInfo").set("reason", "API_KEY_INVALID");
        return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                     json::Array{std::move(info)});
    }

    static Reading generate(const std::string& model, json::Value body) {
        if (auto name =
                stranger_in(body, {"contents", "systemInstruction", "generationConfig", "safetySettings"});
            !name.empty())
            return refused(unknown_name(name, "request"));
        const json::Value& config = body["generationConfig"];
        if (auto name = stranger_in(config, {"temperature", "seed", "maxOutputTokens", "responseMimeType",
                                             "responseSchema", "responseModalities", "imageConfig"});
            !name.empty())
            return refused(unknown_name(name, "generation_config"));
        if (config.has("responseSchema")) {
            if (config["responseMimeType"].as_string() != "application/json")
                return refused(bad("Response schema needs response mime type application/json"));
            if (auto found = objection(config["responseSchema"]); !found.empty())
                return refused(bad("GenerateContentRequest.generation_config.response_schema: " + found));
        }
        bool has_picture = false;
        for (const auto& content : body["contents"].array())
            for (const auto& part : content["parts"].array()) {
                const bool is_picture = part["inlineData"]["mimeType"].is_string() &&
                                        !part["inlineData"]["data"].as_string().empty();
                if (!is_picture && !part["text"].is_string()) return refused(bad("part: empty"));
                has_picture = has_picture || is_picture;
            }
        if (body["contents"].size() == 0) return refused(bad("contents is not specified"));
        const Capability capability = config.has("responseModalities") ? Capability::image
                                      : has_picture                    ? Capability::vision
                                                                       : Capability::text;
        return understood(capability, model, std::move(body));
    }

    static Reading predict(const std::string& model, json::Value body) {
        const auto count = body["parameters"]["sampleCount"].as_int(4);
        if (body["instances"].at(0)["prompt"].as_string().empty() || count < 1 || count > 4)
            return refused(bad("Invalid instances or parameters"));
        return understood(Capability::image, model, std::move(body));
    }

    static Reading embed(const std::string& model, json::Value body) {
        for (const auto& request : body["requests"].array())
            if (request["model"].as_string() != "models/" + model || request["content"]["parts"].size() == 0)
                return refused(bad("BatchEmbedContentsRequest.requests: model"));
        if (body["requests"].size() == 0) return refused(bad("requests: empty"));
        return understood(Capability::embedding, model, std::move(body));
    }

    static HttpReply blocked(const SeenCall& call) {
        if (call.model.starts_with("imagen")) {
            json::Value prediction, body;
            prediction.set("raiFilteredReason", "Unable to show generated images.");
            return json_reply(200, body.set("predictions", json::Array{std::move(prediction)}));
        }
        if (call.capability == Capability::image) {
            json::Value candidate, body;
            candidate.set("finishReason", "IMAGE_SAFETY").set("index", 0);
            return json_reply(200, body.set("candidates", json::Array{std::move(candidate)}));
        }
        json::Value feedback, body;
        feedback.set("blockReason", "PROHIBITED_CONTENT");
        return json_reply(200, body.set("promptFeedback", std::move(feedback)));
    }

    static HttpReply right(const SeenCall& call, const Behaviour& behaviour) {
        if (call.capability == Capability::embedding) return vectors(call);
        if (call.model.starts_with("imagen")) return predictions(call, behaviour);
        const json::Value& config = call.body["generationConfig"];
        json::Array parts;
        if (call.capability == Capability::image) {
            json::Value said, data, picture;
            parts.push_back(said.set("text", "Here is your picture."));
            data.set("mimeType", "image/png");
            data.set("data", picture_of(call, config["imageConfig"]["aspectRatio"].as_string(), behaviour));
            parts.push_back(picture.set("inlineData", std::move(data)));
        } else {
            json::Value thought, said;
            parts.push_back(thought.set("text", "{thinking").set("thought", true));
            parts.push_back(said.set("text", said_text(config["responseSchema"], behaviour)));
        }
        json::Value content, candidate, usage, body;
        content.set("role", "model").set("parts", std::move(parts));
        candidate.set("content", std::move(content));
        candidate.set("finishReason", behaviour.act == Act::cut_off ? "MAX_TOKENS" : "STOP").set("index", 0);
        usage.set("promptTokenCount", 120).set("candidatesTokenCount", 70).set("thoughtsTokenCount", 10);
        body.set("candidates", json::Array{std::move(candidate)}).set("usageMetadata", std::move(usage));
        return json_reply(200, body.set("modelVersion", call.model));
    }

    static std::string picture_of(const SeenCall& call, const std::string& ratio,
                                  const Behaviour& behaviour) {
        int across = 1, down = 1;
        std::sscanf(ratio.c_str(), "%d:%d", &across, &down);
        const int unit = 1024 / std::max(across, down);
        const std::string png = behaviour.act == Act::no_picture
                                    ? "not a picture"
                                    : example_png(across * unit, down * unit, json::write(call.body));
        return crypto::base64_encode(crypto::bytes_of(png));
    }

    static HttpReply predictions(const SeenCall& call, const Behaviour& behaviour) {
        const json::Value& parameters = call.body["parameters"];
        json::Value list, body;
        for (std::int64_t i = 0; i < parameters["sampleCount"].as_int(4); ++i) {
            json::Value one;
            one.set("mimeType", "image/png");
            list.push(one.set("bytesBase64Encoded",
                              picture_of(call, parameters["aspectRatio"].as_string(), behaviour)));
        }
        return json_reply(200, body.set("predictions", std::move(list)));
    }

    static HttpReply vectors(const SeenCall& call) {
        json::Value list, body;
        for (const auto& request : call.body["requests"].array()) {
            json::Value one;
            const std::string& text = request["content"]["parts"].at(0)["text"].as_string();
            const auto length = static_cast<int>(request["outputDimensionality"].as_int(64));
            list.push(one.set("values", example_vector(text, length)));
        }
        return json_reply(200, body.set("embeddings", std::move(list)));
    }
};

}  // namespace

std::unique_ptr<VendorApi> gemini_api() {
    return std::make_unique<GeminiApi>();
}

}  // namespace atelier::tests
