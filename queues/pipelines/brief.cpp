#include "queues/pipelines/kinds.hpp"
#include "queues/pipelines/studio/studio.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kCreditsPerBrief = 1;

constexpr Step kSteps[] = {
    {.name = "write_brief", .stage = Stage::generation, .phase = "analyzing", .weight = 1}};

Result<Plan> plan(soci::session& session, const Requester& requester, const json::Value& input) {
    Plan plan;
    auto brand = brand_wanted(session, requester.organization, input);
    if (!brand) return brand.error();
    plan.input = json::Object{{"prompt", input["prompt"]},
                              {"brand", *brand},
                              {"variants", input["variants"].as_int(4)},
                              {"seed", input["seed"].as_int(random_seed())}};
    if (input.has("provider")) plan.input.set("provider", input["provider"]);
    plan.first_tasks = {plan.input};
    plan.price = kCreditsPerBrief;
    return plan;
}

json::Value result(const json::Value&, std::span<const json::Value> outputs) {
    return outputs.front();
}

}  // namespace

const Pipeline kBrief{"brief", "jobs/brief.json", kSteps, plan, result, "/ai/brief"};

}  // namespace atelier::queues
