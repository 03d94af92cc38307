// Replicate's API as its reference describes it: https://replicate.com/docs/reference/http
#include <algorithm>
#include <mutex>
#include <utility>

#include "tests/support/vendors/api.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/form.hpp"

namespace atelier::tests {
namespace {

HttpReply error(int status, const char* title, const std::string& detail) {
    json::Value body;
    return json_reply(status, body.set("title", title).set("detail", detail).set("status", status));
}

class ReplicateApi : public VendorApi {
  public:
    explicit ReplicateApi(std::string self) : self_(std::move(self)) {}

    Reading read(const HttpRequest& request) override {
        const std::string path(request.path());
        if (path.starts_with("/outputs/")) {
            const bool brings_key = !request.header("authorization").empty();
            return brings_key ? refused(error(400, "Bad", "a key was sent to where outputs are"))
                              : belongs(output(path));
        }
        if (request.header("authorization") != "Bearer " + FakeVendor::key())
            return refused(error(401, "Unauthenticated", "You did not pass a valid authentication token"));
        constexpr std::string_view kPredictions = "/v1/predictions/";
        if (path.starts_with(kPredictions)) return later(request, path.substr(kPredictions.size()));
        if (request.method == "POST" && path == "/v1/files") return file(request);
        const bool is_by_version = path == "/v1/predictions";
        const bool is_by_model = path.starts_with("/v1/models/") && path.ends_with("/predictions") &&
                                 std::count(path.begin(), path.end(), '/') == 5;
        if (request.method != "POST" || (!is_by_version && !is_by_model))
            return refused(error(404, "Not found", "The requested resource could not be found."));
        auto body = json::parse(request.body);
        if (!body || !(*body)["input"].is_object() || (*body)["input"]["prompt"].as_string().empty() ||
            (is_by_version && (*body)["version"].as_string().empty()))
            return refused(error(422, "Input validation failed", "- input: prompt is required"));
        const std::string wait = request.header("prefer");
        if (!wait.starts_with("wait=") || std::stoi(wait.substr(5)) < 1 || std::stoi(wait.substr(5)) > 60)
            return refused(error(400, "Bad request", "Prefer: wait takes 1 to 60 seconds"));
        if (const std::string lifetime = request.header("cancel-after");
            !lifetime.ends_with('s') || std::stoi(lifetime) < 5)
            return refused(error(400, "Bad request", "Cancel-After takes 5 seconds or more"));
        std::string model =
            is_by_version ? (*body)["version"].as_string() : path.substr(11, path.size() - 23);
        return understood(ai::Capability::image, std::move(model), std::move(*body));
    }

    HttpReply answer(const SeenCall& call, const Behaviour& behaviour) override {
        switch (behaviour.act) {
            case Act::rate_limited: {
                auto reply = error(429, "Too many requests", "Request was throttled.");
                if (behaviour.retry_after_s)
                    reply.headers["Retry-After"] = std::to_string(*behaviour.retry_after_s);
                return reply;
            }
            case Act::out_of_quota:
                return error(402, "Insufficient credit", "You have insufficient credit to run this model.");
            case Act::server_error:
                return error(500, "Internal server error", "");
            case Act::overloaded:
                return error(503, "Service unavailable", "");
            case Act::wrong_key:
                return error(401, "Unauthenticated", "You did not pass a valid authentication token");
            case Act::unknown_model:
                return error(404, "Not found", "The requested resource could not be found.");
            default:
                return created(call, behaviour);
        }
    }

  private:
    struct Prediction {
        Behaviour behaviour;
        int polls_left = 0, failures_left = 0;
        int width = 1024, height = 1024, count = 1;
        std::string prompt;
        bool is_cancelled = false;
    };

    HttpReply created(const SeenCall& call, const Behaviour& behaviour) {
        const json::Value& input = call.body["input"];
        Prediction prediction;
        prediction.behaviour = behaviour;
        prediction.polls_left = behaviour.act == Act::slow ? behaviour.polls : 0;
        prediction.failures_left = behaviour.failing_polls;
        prediction.width = static_cast<int>(input["width"].as_int(1024));
        prediction.height = static_cast<int>(input["height"].as_int(1024));
        prediction.count = static_cast<int>(input["num_outputs"].as_int(1));
        prediction.prompt = input["prompt"].as_string();
        const std::scoped_lock lock(mutex_);
        const std::string id = "p" + std::to_string(predictions_.size() + 1);
        predictions_[id] = std::move(prediction);
        return json_reply(201, state_of(id, predictions_[id]));
    }

    Reading file(const HttpRequest& request) const {
        auto parts = parse_form(request.header("content-type"), request.body);
        if (!parts || (*parts)["content"].empty())
            return refused(error(400, "Bad request", "content is required"));
        json::Value body, urls;
        urls.set("get", self_ + "/v1/files/f1");
        return belongs(json_reply(201, body.set("id", "f1").set("urls", std::move(urls))));
    }

    Reading later(const HttpRequest& request, std::string id) {
        const bool is_cancel = id.ends_with("/cancel");
        if (is_cancel) id.resize(id.size() - 7);
        const std::scoped_lock lock(mutex_);
        const auto found = predictions_.find(id);
        if (found == predictions_.end() || request.method != (is_cancel ? "POST" : "GET"))
            return refused(error(404, "Not found", "The requested resource could not be found."));
        Prediction& prediction = found->second;
        if (is_cancel) {
            prediction.is_cancelled = true;
            return belongs(json_reply(200, state_of(id, prediction)), Reading::Kind::cancel);
        }
        if (prediction.failures_left > 0) {
            --prediction.failures_left;
            return belongs(error(500, "Internal server error", ""));
        }
        if (prediction.polls_left > 0) --prediction.polls_left;
        return belongs(json_reply(200, state_of(id, prediction)));
    }

    json::Value state_of(const std::string& id, const Prediction& prediction) const {
        json::Value body, urls;
        body.set("id", id).set("error", nullptr).set("output", nullptr);
        urls.set("get", self_ + "/v1/predictions/" + id);
        body.set("urls", std::move(urls.set("cancel", self_ + "/v1/predictions/" + id + "/cancel")));
        if (prediction.is_cancelled) return body.set("status", "canceled");
        if (prediction.polls_left > 0) return body.set("status", "processing");
        if (prediction.behaviour.act == Act::refusal)
            return body.set("status", "failed").set("error", "NSFW content detected. Try running it again.");
        json::Value output;
        for (int i = 0; i < prediction.count; ++i)
            output.push(self_ + "/outputs/" + id + "/" + std::to_string(i) + ".png");
        return body.set("status", "succeeded").set("output", std::move(output));
    }

    HttpReply output(const std::string& path) {
        const std::string id = path.substr(9, path.find('/', 9) - 9);
        const std::scoped_lock lock(mutex_);
        const auto found = predictions_.find(id);
        if (found == predictions_.end()) return error(404, "Not found", "");
        const Prediction& prediction = found->second;
        return {200,
                {{"Content-Type", "image/png"}},
                prediction.behaviour.act == Act::no_picture
                    ? "not a picture"
                    : example_png(prediction.width, prediction.height, prediction.prompt + path)};
    }

    const std::string self_;
    std::mutex mutex_;
    std::map<std::string, Prediction> predictions_;
};

}  // namespace

std::unique_ptr<VendorApi> replicate_api(std::string self) {
    return std::make_unique<ReplicateApi>(std::move(self));
}

}  // namespace atelier::tests
