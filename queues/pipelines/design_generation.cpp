#include "common/store/formats.hpp"
#include "common/store/projects.hpp"
#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerDesign = 2;
constexpr int kUsualVariants = 4, kUsualSide = 1080;

int variants_of(const json::Value& job) {
    return static_cast<int>(job["variants"].as_int(kUsualVariants));
}

/// One task a variant, each with the whole brief.
std::vector<json::Value> to_compose(const json::Value& job, std::span<const json::Value> outputs) {
    std::vector<json::Value> inputs;
    for (int variant = 0; variant < variants_of(job); ++variant) {
        json::Value input = json::Object{{"brief", outputs.front()["brief"]}, {"variant", variant}};
        for (const char* name : {"brand", "canvas", "variants", "seed", "provider"})
            if (job.has(name)) input.set(name, job[name]);
        inputs.push_back(std::move(input));
    }
    return inputs;
}

constexpr Step kSteps[] = {
    {.name = "write_brief", .stage = Stage::generation, .phase = "analyzing", .weight = 1},
    {.name = "compose_design",
     .stage = Stage::generation,
     .phase = "composing",
     .weight = 3,
     .start = Step::Start::after_each,
     .inputs = to_compose,
     .width = variants_of},
    make_image_step(Step::Start::after_each),
    finish_design_step(Step::Start::after_group),
    moderate_design_step()};

/// Sets the canvas, and the format that it comes from.
Result<void> set_canvas(soci::session& session, const OrganizationId& organization, const json::Value& input,
                        json::Value& planned) {
    if (input.has("canvas") && input.has("format"))
        return invalid("/canvas", "exclusive", "Give a format or a canvas, not both.");
    if (!input.has("format")) {
        const json::Value usual = json::Object{{"width", kUsualSide}, {"height", kUsualSide}};
        planned.set("canvas", input.has("canvas") ? input["canvas"] : usual);
        return {};
    }
    const std::string& slug = input["format"].as_string();
    for (const store::Format& format : store::active_formats(session, organization))
        if (format.slug == slug) {
            planned.set("format", snapshot(format))
                .set("canvas", json::Object{{"width", format.width}, {"height", format.height}});
            return {};
        }
    return invalid("/format", "exists", "The catalogue has no active format with this slug.");
}

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    const OrganizationId& organization = requester.organization;
    Plan plan;
    plan.input = json::Object{{"prompt", input["prompt"]},
                              {"variants", input["variants"].as_int(kUsualVariants)},
                              {"seed", input["seed"].as_int(random_seed())},
                              {"user_id", requester.user.value},
                              {"origin", "generate"}};
    for (const char* name : {"brand_id", "provider", "quality", "project_id"})
        if (input.has(name)) plan.input.set(name, input[name]);
    if (auto canvas = set_canvas(session, organization, input, plan.input); !canvas) return canvas.error();
    auto brand = brand_wanted(session, organization, input);
    if (!brand) return brand.error();
    plan.input.set("brand", *brand);
    plan.input.set("pictures", logo_shown(session, organization, *brand));
    if (input.has("project_id")) {
        plan.project = ProjectId{input["project_id"].as_string()};
        if (!store::find_project(session, organization, *plan.project))
            return invalid("/project_id", "exists", "There is no such project.");
    }
    plan.first_tasks = {plan.input};
    plan.price = kCreditsPerDesign * variants_of(plan.input);
    return plan;
}

}  // namespace

const Pipeline kDesignGeneration{"design_generation", "jobs/design_generation.json", kSteps, plan,
                                 designs_result,      "/ai/generate-designs"};

}  // namespace atelier::queues
