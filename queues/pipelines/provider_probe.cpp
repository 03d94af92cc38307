#include "common/store/providers.hpp"
#include "queues/pipelines/kinds.hpp"

namespace atelier::queues {
namespace {

constexpr Step kSteps[] = {
    {.name = "probe_provider", .stage = Stage::generation, .phase = "probing", .max_attempts = 2}};

Result<Plan> plan(soci::session& session, const Requester&, const json::Value& input) {
    if (!store::is_known_provider(session, input["provider"].as_string()))
        return invalid("/provider", "exists", "There is no such provider.");
    return Plan{.input = input, .first_tasks = {input}};
}

json::Value result(const json::Value&, std::span<const json::Value> outputs) {
    return outputs.front();
}

}  // namespace

const Pipeline kProviderProbe{"provider_probe", "jobs/provider_probe.json",         kSteps, plan,
                              result,           "/admin/providers/{provider}/probe"};

}  // namespace atelier::queues
