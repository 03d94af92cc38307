// What is special about each vendor's pictures: sizes, edits, masks, predictions, graphs.
#include <doctest/doctest.h>

#include <thread>

#include "common/crypto/encoding.hpp"
#include "common/media/media.hpp"
#include "tests/support/vendors/example.hpp"
#include "tests/support/vendors/fake_vendor.hpp"
#include "workers/imaging/start.hpp"

using namespace atelier;
using namespace atelier::tests;
using namespace std::chrono_literals;
using ai::Capability;
using ai::ImageTask;

namespace {

struct Studio {
    explicit Studio(std::string_view vendor) : fake(vendor) { imaging::init().value(); }

    boost::system::result<ai::ImageAnswer, ai::Failure> make(const ai::ImageRequest& request,
                                                             ai::VendorSettings settings,
                                                             ai::Call call = {}) {
        auto provider = ai::make_vendor(settings, client).value();
        if (call.model.empty()) call.model = fake.model(Capability::image);
        return provider->image()->make(request, call);
    }
    boost::system::result<ai::ImageAnswer, ai::Failure> make(const ai::ImageRequest& request,
                                                             ai::Call call = {}) {
        return make(request, fake.settings("mine"), std::move(call));
    }
    SeenCall last() const { return fake.seen().back(); }

    FakeVendor fake;
    http_client::Client client;
};

ai::EncodedImage png(int width, int height) {
    return {example_png(width, height, "picture"), "image/png"};
}

ai::ImageRequest request_of(ImageTask task, int width, int height) {
    ai::ImageRequest request;
    request.task = task;
    request.prompt = "a lamp";
    request.width = width;
    request.height = height;
    if (task != ImageTask::generate) request.references = {png(300, 200)};
    return request;
}

std::string message_of(const boost::system::result<ai::ImageAnswer, ai::Failure>& answer) {
    return answer ? "answered" : answer.error().message;
}

std::pair<int, int> size_of(const std::string& bytes) {
    const auto info = media::inspect(crypto::bytes_of(bytes));
    return info ? std::pair(info->width, info->height) : std::pair(0, 0);
}

}  // namespace

TEST_CASE("OpenAI's families of models get the sizes and words that they know") {
    Studio studio("openai");
    const auto asked = [&](const char* model, int width, int height, ai::ImageQuality quality) {
        auto request = request_of(ImageTask::generate, width, height);
        request.quality = quality;
        ai::Call call;
        call.model = model;
        const auto answer = studio.make(request, call);
        CHECK_MESSAGE(answer.has_value(), message_of(answer));
        const auto& body = studio.last().body;
        return body["size"].as_string() + " " + body["quality"].as_string();
    };
    CHECK(asked("gpt-image-1", 1920, 1080, ai::ImageQuality::high) == "1536x1024 high");
    CHECK(asked("gpt-image-1", 1080, 1350, ai::ImageQuality::low) == "1024x1536 low");
    CHECK(asked("gpt-image-1", 1080, 1080, ai::ImageQuality::medium) == "1024x1024 medium");
    CHECK(asked("dall-e-3", 1080, 1920, ai::ImageQuality::high) == "1024x1792 hd");
    CHECK(asked("dall-e-2", 300, 300, ai::ImageQuality::high) == "512x512 ");
}

TEST_CASE("models that make one picture at a time are asked again, and keep what came when one fails") {
    Studio studio("openai");
    auto request = request_of(ImageTask::generate, 1024, 1024);
    request.count = 3;
    ai::Call call;
    call.model = "dall-e-3";
    call.idempotency_key = "k";
    CHECK(studio.make(request, call)->images.size() == 3);
    const auto keys = studio.fake.counts().idempotency_keys;
    CHECK(keys == std::map<std::string, int>{{"k", 1}, {"k-1", 1}, {"k-2", 1}});
    studio.fake.push({});
    studio.fake.push({.act = Act::server_error});
    CHECK(studio.make(request, call)->images.size() == 1);
}

TEST_CASE("a prompt that is longer than a model takes is cut between two characters") {
    Studio studio("openai");
    auto request = request_of(ImageTask::generate, 512, 512);
    request.prompt.clear();
    for (int i = 0; i < 400; ++i)
        request.prompt += "\u20ac";  // three bytes each
    ai::Call call;
    call.model = "dall-e-2";
    REQUIRE(studio.make(request, call).has_value());
    CHECK(studio.last().body["prompt"].as_string().size() == 999);
}

TEST_CASE("OpenAI's edits bring the picture and a mask that is clear where it may change") {
    Studio studio("openai");
    auto request = request_of(ImageTask::edit, 1024, 1024);
    request.references.push_back(png(50, 50));
    request.mask = png(30, 20);
    const auto answer = studio.make(request);
    REQUIRE_MESSAGE(answer.has_value(), message_of(answer));
    const auto parts = studio.last().parts;
    CHECK(size_of(parts.at("image[]")) == std::pair(300, 200));
    CHECK(size_of(parts.at("image[]#2")) == std::pair(50, 50));
    CHECK(size_of(parts.at("mask")) == std::pair(300, 200));
    CHECK(parts.at("prompt") == "a lamp");
}

TEST_CASE("extending a picture is an edit on a canvas of the wanted shape") {
    for (const char* vendor : {"openai", "automatic1111", "replicate"}) {
        Studio studio(vendor);
        const auto answer = studio.make(request_of(ImageTask::outpaint, 1536, 1024));
        CAPTURE(vendor);
        REQUIRE_MESSAGE(answer.has_value(), message_of(answer));
        const SeenCall call = studio.last();
        const std::string name(vendor);
        if (name == "openai") {
            CHECK(size_of(call.parts.at("image[]")) == std::pair(1536, 1024));
            CHECK(size_of(call.parts.at("mask")) == std::pair(1536, 1024));
        } else if (name == "automatic1111") {
            const auto bytes = crypto::base64_decode(call.body["init_images"].at(0).as_string());
            CHECK(size_of(*bytes) ==
                  std::pair(int(call.body["width"].as_int()), int(call.body["height"].as_int())));
            CHECK(call.body["mask"].as_string().size() > 0);
        } else {
            CHECK(call.body["input"].has("image"));
            CHECK(call.body["input"]["mask"].as_string().starts_with("data:image/png;base64,"));
        }
    }
    Studio broken("openai");
    auto request = request_of(ImageTask::outpaint, 1024, 1024);
    request.references = {{"no picture", "image/png"}};
    CHECK(broken.make(request).error().kind == ai::FailureKind::permanent);
}

TEST_CASE("Gemini gets the shape that it offers, and Imagen does not edit") {
    Studio studio("gemini");
    auto request = request_of(ImageTask::edit, 1080, 1920);
    request.mask = png(30, 20);
    REQUIRE(studio.make(request).has_value());
    const auto body = studio.last().body;
    CHECK(body["generationConfig"]["imageConfig"]["aspectRatio"].as_string() == "9:16");
    CHECK(body["contents"].at(0)["parts"].size() == 3);
    ai::Call call;
    call.model = "imagen-4.0-generate-001";
    CHECK(studio.make(request, call).error().kind == ai::FailureKind::permanent);
    auto plain = request_of(ImageTask::generate, 1600, 900);
    plain.count = 6;
    CHECK(studio.make(plain, call)->images.size() == 6);
    studio.fake.push({.act = Act::refusal});
    CHECK(studio.make(plain, call).error().kind == ai::FailureKind::unsafe_prompt);
    call.model = "../../secrets";
    CHECK(studio.make(plain, call).error().kind == ai::FailureKind::permanent);
}

TEST_CASE("a prediction is polled until it is there, past polls that fail") {
    for (const char* vendor : {"replicate", "comfyui"}) {
        Studio studio(vendor);
        studio.fake.push({.act = Act::slow, .polls = 6, .failing_polls = 2});
        const auto answer = studio.make(request_of(ImageTask::generate, 1024, 1024));
        CAPTURE(vendor);
        REQUIRE_MESSAGE(answer.has_value(), message_of(answer));
        CHECK(studio.fake.counts().calls == 1);
        CHECK(studio.fake.counts().polls >= 8);
        CHECK(studio.fake.counts().cancels == 0);
    }
}

TEST_CASE("work that is given up is taken back from the vendor") {
    for (const char* vendor : {"replicate", "comfyui"}) {
        Studio studio(vendor);
        CAPTURE(vendor);
        ai::Call call;
        call.timeout = 150ms;
        studio.fake.push({.act = Act::slow, .polls = 1'000'000}, 2);
        CHECK(studio.make(request_of(ImageTask::generate, 1024, 1024), call).error().kind ==
              ai::FailureKind::transient);
        CHECK(studio.fake.counts().cancels == 1);
        async::StopSource source;
        call.timeout = 60s;
        call.stop = source.get_token();
        std::jthread stopper([&] {
            while (studio.fake.counts().calls < 2)
                std::this_thread::sleep_for(2ms);
            source.request_stop();
        });
        const auto stopped = studio.make(request_of(ImageTask::generate, 1024, 1024), call);
        REQUIRE_FALSE(stopped.has_value());
        CHECK(stopped.error().kind == ai::FailureKind::cancelled);
        // Taken back where it had been begun; a call that was stopped while it began may have no id yet.
        CHECK(studio.fake.counts().cancels <= 2);
    }
}

TEST_CASE("outputs at inner addresses are fetched only where the operator allows it, and without the key") {
    Studio studio("replicate");
    auto settings = studio.fake.settings("mine");
    CHECK(studio.make(request_of(ImageTask::generate, 1024, 1024), settings).has_value());
    CHECK(studio.fake.counts().refused == 0);
    const auto port = settings.options["output_port"];
    settings.options = json::Object{{"poll_ms", 2}, {"output_port", port}};
    const auto refused = studio.make(request_of(ImageTask::generate, 1024, 1024), settings);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ai::FailureKind::malformed_output);
}

TEST_CASE("Replicate's inputs are named as the operator says, large pictures are uploaded first") {
    Studio studio("replicate");
    auto settings = studio.fake.settings("mine");
    settings.options.set("names",
                         json::Object{{"width", "width"}, {"height", "height"}, {"aspect_ratio", ""}});
    settings.options.set("input", json::Object{{"go_fast", true}});
    auto request = request_of(ImageTask::edit, 640, 480);
    request.references = {png(2000, 2000)};
    REQUIRE(studio.make(request, settings).has_value());
    const auto input = studio.last().body["input"];
    CHECK(input["width"].as_int() == 640);
    CHECK_FALSE(input.has("aspect_ratio"));
    CHECK(input["go_fast"].as_bool());
    CHECK(input["image"].as_string().ends_with("/v1/files/f1"));
    ai::Call call;
    call.model = "owner/name:0123abcd";
    REQUIRE(studio.make(request_of(ImageTask::generate, 64, 64), settings, call).has_value());
    CHECK(studio.last().body["version"].as_string() == "0123abcd");
    call.model = "no slash";
    CHECK(studio.make(request, settings, call).error().kind == ai::FailureKind::permanent);
}

TEST_CASE("ComfyUI gets whole graphs for pictures, edits, masks and larger canvases, or the operator's own") {
    Studio studio("comfyui");
    auto request = request_of(ImageTask::generate, 1000, 500);
    request.prompt = "a lamp %seed% \"quoted\"";
    request.seed = 5;
    request.count = 2;
    CHECK(studio.make(request)->images.size() == 2);
    auto graph = studio.last().body["prompt"];
    CHECK(graph["positive"]["inputs"]["text"].as_string() == "a lamp %seed% \"quoted\"");
    CHECK(graph["sampler"]["inputs"]["seed"].as_int() == 5);
    CHECK(graph["latent"]["inputs"]["width"].as_int() == 1000);
    CHECK(studio.make(request_of(ImageTask::edit, 512, 512)).has_value());
    auto masked = request_of(ImageTask::edit, 512, 512);
    masked.mask = png(300, 200);
    CHECK(studio.make(masked).has_value());
    CHECK(studio.last().body["prompt"]["mask"]["inputs"]["image"].as_string() == "upload-3.png");
    CHECK(studio.make(request_of(ImageTask::outpaint, 512, 512)).has_value());
    const auto pad = studio.last().body["prompt"]["padded"]["inputs"];
    CHECK(pad["left"].as_int() == 0);
    CHECK(pad["top"].as_int() + pad["bottom"].as_int() == 512 - 344);
    auto settings = studio.fake.settings("mine");
    settings.options.set(
        "workflow",
        json::parse(R"({"out": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x-%width%"}}})")
            .value());
    CHECK(studio.make(request_of(ImageTask::generate, 512, 512), settings).has_value());
    CHECK(studio.last().body["prompt"]["out"]["inputs"]["filename_prefix"].as_string() == "x-512");
}
