#include "common/store/generated_assets.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/shared.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerPicture = 1;

/// The photo's ranking, then the one picture again.
std::vector<json::Value> to_adapt(const json::Value& job, std::span<const json::Value> outputs) {
    const json::Value& ranked = outputs.front();
    json::Value input = job["render"];
    input.set("elements", ranked["elements"]).set("palette", ranked["palette"]);
    return {std::move(input)};
}

constexpr Step kSteps[] = {rank_step(), adapt_step(to_adapt, one_task), moderate_step()};

Result<json::Value> logo_of(soci::session& session, const OrganizationId& organization,
                            const json::Value& edits) {
    if (!edits.has("logo_overlay")) return json::Value();
    auto logo =
        store::find_asset(session, organization, AssetId{edits["logo_overlay"]["asset_id"].as_string()});
    if (!logo || logo->state != store::AssetState::ready)
        return invalid("/manual_edits/logo_overlay/asset_id", "exists", "There is no such uploaded asset.");
    return photo_source(*logo);
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    const GeneratedAssetId id{input["generated_asset_id"].as_string()};
    auto picture = store::find_generated_asset(session, organization, id);
    if (!picture) return invalid("/generated_asset_id", "exists", "There is no such generated picture.");
    if (!picture->source_asset_id)
        return conflict("This picture shows a design: edit the design and export it again.");
    auto edited =
        store::update_manual_edits(session, organization, id, picture->version, input["manual_edits"]);
    if (!edited) return edited.error();
    auto photo = store::find_asset(session, organization, *picture->source_asset_id);
    if (!photo || photo->state != store::AssetState::ready)
        return conflict("The photo that this picture was made from has been deleted.");
    auto logo = logo_of(session, organization, input["manual_edits"]);
    if (!logo) return logo.error();

    json::Value request = picture->request;
    request.set("manual_edits", input["manual_edits"]);
    if (!logo->is_null()) request.set("logo", *logo);
    json::Value render = json::Object{{"generated_asset_id", id.value},
                                      {"photo", photo_source(*photo)},
                                      {"format", picture->format},
                                      {"request", request},
                                      {"version", edited->version}};
    Plan plan;
    plan.project = picture->project_id;
    if (plan.project) render.set("project_id", plan.project->value);
    plan.input = json::Object{{"generated_asset_id", id.value}, {"render", render}};
    plan.first_tasks = {json::Object{{"asset_id", photo->id.value}}};
    plan.price = kCreditsPerPicture;
    return plan;
}

}  // namespace

const Pipeline kManualEdit{"manual_edit", "jobs/manual_edit.json", kSteps, plan, pictures_result};

}  // namespace atelier::queues
