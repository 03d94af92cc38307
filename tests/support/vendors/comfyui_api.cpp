// ComfyUI's server routes, as its server.py defines them.
#include <mutex>
#include <set>

#include "common/crypto/encoding.hpp"
#include "common/media/media.hpp"
#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/form.hpp"

namespace atelier::tests {
namespace {

HttpReply prompt_error(const char* type, const std::string& message,
                       json::Value node_errors = json::Object{}) {
    json::Value error, body;
    error.set("type", type).set("message", message).set("details", "").set("extra_info", json::Object{});
    return json_reply(400, body.set("error", std::move(error)).set("node_errors", std::move(node_errors)));
}

/// Why the graph is refused; empty when it is not.
std::string objection(const json::Value& graph, const std::set<std::string>& uploads) {
    bool saves = false;
    for (const auto& [id, node] : graph.object()) {
        const std::string& kind = node["class_type"].as_string();
        if (kind.empty() || !node["inputs"].is_object()) return "node " + id + " has no class_type or inputs";
        saves = saves || kind == "SaveImage";
        for (const auto& [name, value] : node["inputs"].object()) {
            if (value.is_array() && !graph.has(value.at(0).as_string())) return id + " links to no node";
            if (value.is_string() && value.as_string().starts_with('%')) return id + " has a placeholder";
        }
        const bool loads = kind == "LoadImage" || kind == "LoadImageMask";
        if (loads && !uploads.contains(node["inputs"]["image"].as_string())) return id + " loads no upload";
    }
    return saves ? "" : "Prompt has no outputs";
}

class ComfyUiApi : public VendorApi {
  public:
    Reading read(const HttpRequest& request) override {
        const std::string path(request.path());
        const std::scoped_lock lock(mutex_);
        if (request.method == "POST" && path == "/prompt") return queue(request);
        if (request.method == "POST" && path == "/upload/image") return upload(request);
        if (request.method == "POST" && (path == "/queue" || path == "/interrupt"))
            return belongs({}, path == "/queue" ? Reading::Kind::cancel : Reading::Kind::poll);
        if (request.method == "GET" && path.starts_with("/history/")) return history(path.substr(9));
        if (request.method == "GET" && path == "/view") return view(request);
        return refused({404, {{"Content-Type", "text/plain"}}, "404: Not Found"});
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        if (behaviour.act == Act::server_error) return {500, {}, "500 Internal Server Error"};
        if (behaviour.act == Act::unknown_model) return unknown_checkpoint();
        Prompt prompt{behaviour};
        prompt.polls_left = behaviour.act == Act::slow ? behaviour.polls : 0;
        prompt.failures_left = behaviour.failing_polls;
        for (const auto& [id, node] : call.body["prompt"].object()) {
            const json::Value& inputs = node["inputs"];
            if (inputs["width"].is_int() && node["class_type"].as_string() == "EmptyLatentImage") {
                prompt.width = static_cast<int>(inputs["width"].as_int());
                prompt.height = static_cast<int>(inputs["height"].as_int());
                prompt.count = static_cast<int>(inputs["batch_size"].as_int(1));
            }
            if (node["class_type"].as_string() == "RepeatLatentBatch")
                prompt.count = static_cast<int>(inputs["amount"].as_int(1));
        }
        const std::scoped_lock lock(mutex_);
        const std::string id = "prompt-" + std::to_string(prompts_.size() + 1);
        prompts_[id] = std::move(prompt);
        json::Value body;
        return json_reply(
            200, body.set("prompt_id", id).set("number", call.number).set("node_errors", json::Object{}));
    }

  private:
    struct Prompt {
        Behaviour behaviour;
        int polls_left = 0, failures_left = 0;
        int width = 1024, height = 1024, count = 1;
    };

    static HttpReply unknown_checkpoint() {
        json::Value info, error, node, errors;
        info.set("input_name", "ckpt_name");
        error.set("type", "value_not_in_list").set("extra_info", std::move(info));
        node.set("errors", json::Array{std::move(error)}).set("class_type", "CheckpointLoaderSimple");
        errors.set("checkpoint", std::move(node));
        return prompt_error("prompt_outputs_failed_validation", "Prompt outputs failed validation",
                            std::move(errors));
    }

    Reading queue(const HttpRequest& request) {
        auto body = json::parse(request.body);
        if (!body || !(*body)["prompt"].is_object())
            return refused(prompt_error("no_prompt", "No prompt provided"));
        if (auto found = objection((*body)["prompt"], uploads_); !found.empty())
            return refused(prompt_error("invalid_prompt", found));
        std::string model = (*body)["prompt"]["checkpoint"]["inputs"]["ckpt_name"].as_string();
        return understood(ai::Capability::image, std::move(model), std::move(*body));
    }

    Reading upload(const HttpRequest& request) {
        auto parts = parse_form(request.header("content-type"), request.body);
        if (!parts || !media::inspect(crypto::bytes_of((*parts)["image"]))) return refused({400, {}, ""});
        const std::string name = "upload-" + std::to_string(uploads_.size() + 1) + ".png";
        uploads_.insert(name);
        json::Value body;
        return belongs(json_reply(200, body.set("name", name).set("subfolder", "").set("type", "input")));
    }

    Reading history(const std::string& id) {
        const auto found = prompts_.find(id);
        if (found == prompts_.end()) return belongs(json_reply(200, json::Object{}));
        Prompt& prompt = found->second;
        if (prompt.failures_left > 0) {
            --prompt.failures_left;
            return belongs({500, {}, "500 Internal Server Error"});
        }
        if (prompt.polls_left > 0) {
            --prompt.polls_left;
            return belongs(json_reply(200, json::Object{}));
        }
        json::Value status, images, output, outputs, entry, body;
        status.set("status_str", "success").set("completed", true).set("messages", json::Array{});
        for (int i = 0; i < prompt.count; ++i) {
            json::Value image;
            image.set("filename", id + " " + std::to_string(i) + ".png");
            images.push(image.set("subfolder", "").set("type", "output"));
        }
        outputs.set("save", output.set("images", std::move(images)));
        entry.set("outputs", std::move(outputs)).set("status", std::move(status));
        return belongs(json_reply(200, body.set(id, std::move(entry))));
    }

    Reading view(const HttpRequest& request) {
        const std::string name = request.parameter("filename");
        const auto found = prompts_.find(name.substr(0, name.find(' ')));
        if (found == prompts_.end()) return refused({404, {}, ""});
        const Prompt& prompt = found->second;
        return belongs({200,
                        {{"Content-Type", "image/png"}},
                        prompt.behaviour.act == Act::no_picture
                            ? "not a picture"
                            : example_png(prompt.width, prompt.height, name)});
    }

    std::mutex mutex_;
    std::map<std::string, Prompt> prompts_;
    std::set<std::string> uploads_;
};

}  // namespace

std::unique_ptr<VendorApi> comfyui_api() {
    return std::make_unique<ComfyUiApi>();
}

}  // namespace atelier::tests
