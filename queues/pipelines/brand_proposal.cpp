#include "common/store/assets.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/shared.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerProposal = 1;

constexpr Step kSteps[] = {
    {.name = "propose_brand", .stage = Stage::analysis, .phase = "analyzing", .weight = 1}};

/// `Tavola_logo.png` → `Tavola_logo`
std::string name_of(const store::Asset& logo) {
    const std::string stem = logo.filename.substr(0, logo.filename.rfind('.'));
    return stem.empty() ? "Brand" : stem.substr(0, 100);
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    auto logo = store::find_asset(session, requester.organization, AssetId{input["asset_id"].as_string()});
    if (!logo) return invalid("/asset_id", "exists", "There is no such asset.");
    if (logo->state != store::AssetState::ready)
        return invalid("/asset_id", "ready", "This asset has not been uploaded completely.");
    if (logo->moderation == store::Moderation::rejected)
        return invalid("/asset_id", "moderation", "Moderation rejected this picture.");
    Plan plan;
    plan.input = json::Object{{"logo", photo_source(*logo)},
                              {"name", input.has("name") ? input["name"] : json::Value(name_of(*logo))}};
    plan.first_tasks = {plan.input};
    plan.price = kCreditsPerProposal;
    return plan;
}

json::Value result(const json::Value&, std::span<const json::Value> outputs) {
    return outputs.front();
}

}  // namespace

const Pipeline kBrandProposal{"brand_proposal", "jobs/brand_proposal.json", kSteps, plan, result};

}  // namespace atelier::queues
