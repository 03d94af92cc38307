// The table of job kinds of the drill programs, in the place of the product's.

#include <array>

#include "queues/pipelines/pipeline.hpp"

namespace atelier::queues {
namespace {

constexpr std::int64_t kPrice = 1;
constexpr std::string_view kSchema = "jobs/drill.json";

Result<Plan> plan(soci::session&, const Requester&, const json::Value& input) {
    Plan plan;
    plan.input = input;
    plan.first_tasks.assign(static_cast<std::size_t>(input["tasks"].is_int() ? input["tasks"].as_int() : 1),
                            input);
    plan.price = kPrice;
    return plan;
}

json::Value result(const json::Value&, std::span<const json::Value> outputs) {
    return json::Object{{"tasks", static_cast<int>(outputs.size())}};
}

std::vector<json::Value> once_more(const json::Value& job, std::span<const json::Value>) {
    return {job};
}
int one_task(const json::Value&) {
    return 1;
}

/// One step.
constexpr Step kDrillSteps[] = {{.name = "drill", .stage = Stage::generation, .phase = "drilling"}};
/// Three: each task of the first is followed by one of its own, all of these by a last one.
constexpr Step kChainSteps[] = {{.name = "drill", .stage = Stage::generation, .phase = "drilling"},
                                {.name = "drill_each",
                                 .stage = Stage::generation,
                                 .phase = "following",
                                 .start = Step::Start::after_each,
                                 .inputs = once_more,
                                 .width = one_task},
                                {.name = "drill_all",
                                 .stage = Stage::generation,
                                 .phase = "gathering",
                                 .start = Step::Start::after_all,
                                 .inputs = once_more,
                                 .width = one_task}};

const Pipeline kDrill{"drill", kSchema, kDrillSteps, plan, result};
const Pipeline kDrillChain{"drill_chain", kSchema, kChainSteps, plan, result};

}  // namespace

std::span<const Pipeline* const> pipelines() {
    static constexpr std::array kAll{&kDrill, &kDrillChain};
    return kAll;
}

}  // namespace atelier::queues
