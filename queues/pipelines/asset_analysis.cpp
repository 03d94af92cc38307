#include "common/store/assets.hpp"
#include "common/store/projects.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/shared.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerPhoto = 1;

std::vector<json::Value> to_moderation(const json::Value&, std::span<const json::Value> outputs) {
    const json::Value& analyzed = outputs.front();
    return {json::Object{{"asset_id", analyzed["asset_id"]}, {"object_key", analyzed["object_key"]}}};
}

constexpr Step kSteps[] = {
    {.name = "analyze", .stage = Stage::analysis, .phase = "analyzing", .weight = 4},
    {.name = "moderate_upload",
     .stage = Stage::moderation,
     .phase = "moderating",
     .weight = 1,
     .start = Step::Start::after_each,
     .inputs = to_moderation,
     .width = one_task},
};

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    Plan plan;
    plan.project = ProjectId{input["project_id"].as_string()};
    if (auto project = store::find_project(session, requester.organization, *plan.project); !project)
        return invalid("/project_id", "exists", "There is no such project.");
    auto photos = photos_of_project(session, requester.organization, *plan.project, input);
    if (!photos) return photos.error();
    for (const store::Asset& photo : *photos)
        plan.first_tasks.push_back(
            json::Object{{"asset_id", photo.id.value}, {"object_key", photo.object_key}});
    plan.input = input;
    plan.price = kCreditsPerPhoto * static_cast<std::int64_t>(plan.first_tasks.size());
    return plan;
}

json::Value result(const json::Value& job_input, std::span<const json::Value> outputs) {
    int flagged = 0;
    json::Value assets = json::Array{};
    for (const json::Value& verdict : outputs) {
        flagged += verdict["is_nsfw"].as_bool();
        assets.push(verdict["asset_id"]);
    }
    return json::Object{{"project_id", job_input["project_id"]},
                        {"asset_ids", assets},
                        {"photos", static_cast<int>(outputs.size())},
                        {"flagged", flagged}};
}

}  // namespace

const Pipeline kAssetAnalysis{"asset_analysis", "jobs/asset_analysis.json", kSteps, plan, result};

}  // namespace atelier::queues
