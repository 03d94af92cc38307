#include "common/design/model/design.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerEdit = 1;

constexpr Step kSteps[] = {
    {.name = "edit_design", .stage = Stage::generation, .phase = "composing", .weight = 3},
    make_image_step(Step::Start::after_each),
    finish_design_step(Step::Start::after_group),
    moderate_design_step()};

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    store::Design row;
    auto revision = revision_wanted(session, organization, input, row);
    if (!revision) return revision.error();
    if (revision->version != row.version)
        return conflict("The design has changed: its newest version is " + std::to_string(row.version) + ".");
    const auto design = design::parse_design(revision->document);
    if (!design) return internal("A stored design does not fit its schema.");
    auto brand = brand_wanted(session, organization, input, row.brand_id);
    if (!brand) return brand.error();
    auto pictures = pictures_shown(session, organization, *design);
    if (!pictures) return pictures.error();
    const json::Value logo = logo_shown(session, organization, *brand);
    for (const json::Value& source : logo.array())
        pictures->push(source);
    Plan plan;
    plan.project = row.project_id;
    plan.input = json::Object{{"design_id", row.id.value},
                              {"design_version", revision->version},
                              {"instruction", input["instruction"]},
                              {"brand", *brand},
                              {"pictures", *pictures},
                              {"user_id", requester.user.value},
                              {"origin", "edit"}};
    for (const char* name : {"provider", "quality"})
        if (input.has(name)) plan.input.set(name, input[name]);
    plan.first_tasks = {plan.input};
    plan.price = kCreditsPerEdit;
    return plan;
}

/// The edited design, and what was done to it.
json::Value result(const json::Value& job, std::span<const json::Value> outputs) {
    json::Value result = designs_result(job, outputs);
    const json::Value edited = result["designs"].at(0);
    for (const char* name : {"design_id", "version", "patch", "summary", "not_understood"})
        result.set(name, edited[name]);
    return result;
}

}  // namespace

const Pipeline kDesignEdit{"design_edit", "jobs/design_edit.json", kSteps, plan, result, "/ai/edit-design"};

}  // namespace atelier::queues
