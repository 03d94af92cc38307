#include "common/store/image_recipes.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerPicture = 1;
constexpr std::int64_t kUsualSide = 1024;

std::vector<json::Value> to_moderate(const json::Value&, std::span<const json::Value> outputs) {
    return {outputs.front()};
}

constexpr Step kSteps[] = {make_image_step(Step::Start::first),
                           {.name = "moderate_image",
                            .stage = Stage::moderation,
                            .phase = "moderating",
                            .weight = 1,
                            .start = Step::Start::after_each,
                            .inputs = to_moderate,
                            .width = one_task}};

/// The picture that is to be edited.
Result<store::Asset> original_of(soci::session& session, const OrganizationId& organization,
                                 const json::Value& image, const std::string& at) {
    if (!image.has("asset_id"))
        return invalid(at + "/asset_id", "required", "An edit needs the picture to edit.");
    auto asset = store::find_asset(session, organization, AssetId{image["asset_id"].as_string()});
    if (!asset) return invalid(at + "/asset_id", "exists", "There is no such asset.");
    if (asset->state != store::AssetState::ready)
        return invalid(at + "/asset_id", "ready", "This asset has not been uploaded completely.");
    if (asset->moderation == store::Moderation::rejected || asset->moderation == store::Moderation::flagged)
        return invalid(at + "/asset_id", "moderation", "Moderation holds this picture back.");
    return asset;
}

Result<json::Value> order_of(soci::session& session, const OrganizationId& organization,
                             const json::Value& image, const json::Value& input, const std::string& at) {
    const std::string task = image["task"].string_or("generate");
    json::Value order = json::Object{{"task", task},
                                     {"prompt", image["prompt"]},
                                     {"negative_prompt", image["negative_prompt"].string_or("")},
                                     {"holistic_context", image["holistic_context"]},
                                     {"quality", input["quality"].string_or("medium")},
                                     {"transparent", image["transparent"].as_bool()}};
    std::int64_t width = kUsualSide, height = kUsualSide;
    if (task != "generate") {
        auto original = original_of(session, organization, image, at);
        if (!original) return original.error();
        order.set("original", photo_source(*original));
        width = original->width.value_or(kUsualSide);
        height = original->height.value_or(kUsualSide);
        // An edit keeps the size unless told otherwise.
        order.set("is_resized", image.has("width") || image.has("height"));
    } else if (image.has("asset_id")) {
        return invalid(at + "/asset_id", "task", "Only edit and outpaint begin with a picture.");
    }
    order.set("width", image["width"].as_int(width)).set("height", image["height"].as_int(height));
    if (image.has("seed")) order.set("seed", image["seed"]);
    if (input.has("provider")) order.set("provider", input["provider"]);
    return order;
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    Plan plan;
    std::vector<std::string> hashes;
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < input["images"].size(); ++i) {
        auto order = order_of(session, requester.organization, input["images"].at(i), input,
                              "/images/" + std::to_string(i));
        if (!order) {
            const Error error = order.error();
            wrong.insert(wrong.end(), error.details.begin(), error.details.end());
            continue;
        }
        hashes.push_back(store::recipe_hash(*order));
        plan.first_tasks.push_back(
            json::Object{{"order", std::move(*order)}, {"user_id", requester.user.value}});
    }
    if (!wrong.empty()) return invalid(std::move(wrong));
    plan.input = json::Object{{"images", static_cast<int>(plan.first_tasks.size())}};
    plan.price = kCreditsPerPicture * store::recipes_to_make(session, requester.organization, hashes);
    return plan;
}

json::Value result(const json::Value&, std::span<const json::Value> outputs) {
    json::Value images = json::Array{};
    for (const json::Value& output : outputs)
        images.push(output);
    return json::Object{{"images", std::move(images)}};
}

}  // namespace

const Pipeline kSmartImages{"smart_images", "jobs/smart_images.json", kSteps, plan,
                            result,         "/ai/smart-images"};

}  // namespace atelier::queues
