#include <algorithm>
#include <cmath>

#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr double kSmallestSide = 16, kLargestSide = 4096;
constexpr std::string_view kCutOut = "transparent background";

/// Every layer, those in groups included, in the order of the document.
void collect(const json::Value& layers, std::vector<const json::Value*>& found) {
    for (const json::Value& layer : layers.array()) {
        const bool is_empty = !layer["picture"].has("asset_id") && !layer["picture"].has("url");
        if (layer["type"].as_string() == "smart_image" && is_empty) found.push_back(&layer);
        collect(layer["layers"], found);
    }
}

std::int64_t pixels(const json::Value& side) {
    return static_cast<std::int64_t>(std::clamp(std::ceil(side.as_double()), kSmallestSide, kLargestSide));
}

/// What the picture's recipe asks for: equal orders share one picture.
json::Value order_of(const json::Value& layer, const json::Value& wishes) {
    const json::Value& recipe = layer["recipe"];
    json::Value order =
        json::Object{{"task", "generate"},
                     {"prompt", recipe["prompt"]},
                     {"negative_prompt", recipe["negative_prompt"]},
                     {"holistic_context", recipe["holistic_context"]},
                     {"width", pixels(layer["width"])},
                     {"height", pixels(layer["height"])},
                     {"quality", wishes["quality"].string_or("medium")},
                     {"transparent", recipe["prompt"].as_string().find(kCutOut) != std::string::npos}};
    if (recipe.has("seed")) order.set("seed", recipe["seed"]);
    if (wishes.has("provider")) order.set("provider", wishes["provider"]);
    return order;
}

}  // namespace

std::vector<json::Value> picture_tasks(const json::Value& document, const json::Value& wishes) {
    std::vector<const json::Value*> layers;
    collect(document["layers"], layers);
    if (layers.size() > static_cast<std::size_t>(kMostPictures)) layers.resize(kMostPictures);
    std::vector<json::Value> tasks;
    for (const json::Value* layer : layers)
        tasks.push_back(json::Object{{"order", order_of(*layer, wishes)},
                                     {"layer_id", (*layer)["id"]},
                                     {"user_id", wishes["user_id"]}});
    return tasks;
}

std::vector<json::Value> to_make_images(const json::Value& job, std::span<const json::Value> outputs) {
    auto tasks = picture_tasks(outputs.front()["design"], job);
    if (tasks.empty()) tasks.push_back(json::Object{{"order", nullptr}});
    return tasks;
}

int most_pictures(const json::Value&) {
    return kMostPictures;
}

std::vector<json::Value> to_finish_design(const json::Value& job, std::span<const json::Value> outputs) {
    json::Value input = outputs.front();
    json::Value made = json::Array{};
    for (const json::Value& picture : outputs.subspan(1))
        if (!picture["asset_id"].is_null()) made.push(picture);
    input.set("made", std::move(made));
    for (const char* name :
         {"user_id", "pictures", "design_id", "design_version", "project_id", "brand_id", "format", "origin"})
        if (job.has(name)) input.set(name, job[name]);
    return {std::move(input)};
}

std::vector<json::Value> to_moderate_design(const json::Value&, std::span<const json::Value> outputs) {
    return {outputs.front()};
}

json::Value design_shown(const json::Value& output) {
    json::Value shown = output["told"];
    shown.set("design_id", output["design_id"])
        .set("version", output["design_version"])
        .set("generated_asset_id", output["generated_asset_id"])
        .set("is_nsfw", output["is_nsfw"]);
    return shown;
}

json::Value designs_result(const json::Value& job, std::span<const json::Value> outputs) {
    json::Value designs = json::Array{};
    for (const json::Value& output : outputs)
        designs.push(design_shown(output));
    json::Value result = pictures_result(job, outputs);
    return result.set("designs", std::move(designs));
}

}  // namespace atelier::queues
