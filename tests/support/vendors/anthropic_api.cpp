// Anthropic's messages API as its reference describes it: https://docs.anthropic.com/en/api/messages
#include <algorithm>

#include "tests/support/vendors/api.hpp"

namespace atelier::tests {
namespace {

using ai::Capability;

HttpReply error(int status, const char* type, const std::string& message) {
    json::Value inner, body;
    inner.set("type", type).set("message", message);
    return json_reply(status, body.set("type", "error").set("error", std::move(inner)));
}

HttpReply bad(const std::string& message) {
    return error(400, "invalid_request_error", message);
}

/// Why a block of content is refused; empty when it is not.
std::string objection(const json::Value& block) {
    if (block["type"].as_string() == "text") return block["text"].as_string().empty() ? "text: required" : "";
    if (block["type"].as_string() != "image") return "type: unknown";
    const json::Value& source = block["source"];
    const std::string& media_type = source["media_type"].as_string();
    if (source["type"].as_string() != "base64" || source["data"].as_string().empty())
        return "source: required";
    return media_type == "image/png" || media_type == "image/jpeg" || media_type == "image/webp"
               ? ""
               : "media_type: unknown";
}

class AnthropicApi : public VendorApi {
  public:
    Reading read(const HttpRequest& request) override {
        if (request.header("x-api-key") != FakeVendor::key())
            return refused(error(401, "authentication_error", "invalid x-api-key"));
        if (request.header("anthropic-version") != "2023-06-01")
            return refused(bad("anthropic-version: header is required"));
        if (request.path() != "/v1/messages") return refused(error(404, "not_found_error", "Not found"));
        if (request.method != "POST")
            return refused(error(405, "invalid_request_error", "Method Not Allowed"));
        auto body = json::parse(request.body);
        if (!body || !body->is_object()) return refused(bad("The request body is not valid JSON"));
        if (auto name = stranger_in(
                *body, {"model", "max_tokens", "messages", "system", "temperature", "tools", "tool_choice"});
            !name.empty())
            return refused(bad(name + ": Extra inputs are not permitted"));
        return read_body(std::move(*body));
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        switch (behaviour.act) {
            case Act::rate_limited: {
                auto reply = error(429, "rate_limit_error", "This request would exceed your rate limit");
                if (behaviour.retry_after_s)
                    reply.headers["Retry-After"] = std::to_string(*behaviour.retry_after_s);
                return reply;
            }
            case Act::out_of_quota:
                return bad("Your credit balance is too low to access the Anthropic API.");
            case Act::server_error:
                return error(500, "api_error", "Internal server error");
            case Act::overloaded:
                return error(529, "overloaded_error", "Overloaded");
            case Act::wrong_key:
                return error(401, "authentication_error", "invalid x-api-key");
            case Act::unknown_model:
                return error(404, "not_found_error", "model: " + call.model);
            case Act::too_long:
                return bad("prompt is too long: 215000 tokens > 200000 maximum");
            case Act::refusal:
                return message(call, json::Array{}, "refusal");
            default:
                return right(call, behaviour);
        }
    }

  private:
    static Reading read_body(json::Value body) {
        if (body["model"].as_string().empty()) return refused(bad("model: Field required"));
        if (!body["max_tokens"].is_int()) return refused(bad("max_tokens: Field required"));
        const double temperature = body["temperature"].as_double(1);
        if (temperature < 0 || temperature > 1) return refused(bad("temperature: range: 0..1"));
        bool has_picture = false;
        if (body["messages"].size() == 0) return refused(bad("messages: at least one message is required"));
        for (const auto& message : body["messages"].array()) {
            if (message["role"].as_string() != "user") return refused(bad("messages: role"));
            for (const auto& block : message["content"].array()) {
                if (auto found = objection(block); !found.empty()) return refused(bad("messages." + found));
                has_picture = has_picture || block["type"].as_string() == "image";
            }
        }
        for (const auto& tool : body["tools"].array())
            if (tool["name"].as_string().empty() || tool["input_schema"]["type"] != json::Value("object"))
                return refused(bad("tools.0.custom.input_schema.type: Field required"));
        if (body.has("tool_choice") && body["tool_choice"]["name"] != body["tools"].at(0)["name"])
            return refused(bad("tool_choice.name: no such tool"));
        std::string model = body["model"].as_string();
        return understood(has_picture ? Capability::vision : Capability::text, std::move(model),
                          std::move(body));
    }

    static HttpReply right(const SeenCall& call, const Behaviour& behaviour) {
        const json::Value& tool = call.body["tools"].at(0);
        const bool in_words = behaviour.act == Act::fenced_json || behaviour.act == Act::prose;
        json::Value block;
        if (in_words || tool.is_null()) {
            block.set("type", "text").set("text", said_text(tool["input_schema"], behaviour));
            return message(call, json::Array{std::move(block)}, "end_turn");
        }
        block.set("type", "tool_use").set("id", "toolu_" + std::to_string(call.number));
        block.set("name", tool["name"]);
        if (behaviour.act == Act::cut_off) {
            block.set("input", json::Object{});
            return message(call, json::Array{std::move(block)}, "max_tokens");
        }
        block.set("input", said_value(tool["input_schema"], behaviour));
        return message(call, json::Array{std::move(block)}, "tool_use");
    }

    static HttpReply message(const SeenCall& call, json::Array content, const char* reason) {
        json::Value usage, body;
        usage.set("input_tokens", 100)
            .set("cache_creation_input_tokens", 0)
            .set("cache_read_input_tokens", 20);
        usage.set("output_tokens", 80);
        body.set("id", "msg_" + std::to_string(call.number)).set("type", "message").set("role", "assistant");
        body.set("model", call.model).set("content", std::move(content)).set("stop_reason", reason);
        return json_reply(200, body.set("stop_sequence", nullptr).set("usage", std::move(usage)));
    }
};

}  // namespace

std::unique_ptr<VendorApi> anthropic_api() {
    return std::make_unique<AnthropicApi>();
}

}  // namespace atelier::tests
