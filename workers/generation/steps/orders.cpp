#include <algorithm>

#include "common/design/syntax/lenient.hpp"
#include "workers/generation/steps/steps.hpp"

namespace atelier::generation {

ai::Order order_of(const runtime::StepContext& context) {
    const store::Claim& claim = context.claim();
    ai::Order order{.organization = claim.organization_id,
                    .job = claim.job_id,
                    .key = claim.id.value,
                    .stop = context.stop_token()};
    const json::Value& wanted = claim.input.has("order") ? claim.input["order"] : claim.input;
    if (wanted["provider"].is_string()) order.provider = wanted["provider"].as_string();
    return order;
}

Result<json::Value> value_of(const ai::TextAnswer& answer) {
    if (!answer.value.is_null()) return answer.value;
    auto parsed = design::parse_lenient(answer.text);
    if (!parsed) return parsed.error();
    return std::move(parsed->value);
}

json::Value to_json(const ai::DoneBy& by) {
    return json::Object{
        {"provider", by.provider},
        {"model", by.model},
        {"calls", by.calls},
        {"cost_usd", by.cost_micro_usd ? json::Value(*by.cost_micro_usd / 1e6) : json::Value()},
        {"input_tokens", by.input_tokens},
        {"output_tokens", by.output_tokens}};
}

namespace {

/// Whoever could be asked will say the same again.
bool is_hopeless(const Error& error) {
    return std::all_of(error.details.begin(), error.details.end(), [](const FieldError& provider) {
        return provider.rule == ai::to_string(ai::FailureKind::permanent) || provider.rule == "disabled";
    });
}

}  // namespace

runtime::StepFate fate_of(const Error& error) {
    if (error.code != ErrorCode::unavailable || error.details.empty()) return runtime::fate_of(error);
    Error failed = error;
    failed.code = ErrorCode::generation_failed;
    if (!is_hopeless(error)) return runtime::Retry{std::move(failed)};
    failed.message = error.details.back().message;
    return runtime::Fail{std::move(failed)};
}

}  // namespace atelier::generation
