#include "workers/ai/brief/brief.hpp"
#include "workers/ai/prompts/prompts.hpp"
#include "workers/generation/steps/steps.hpp"

namespace atelier::generation {
namespace {

/// Where some provider judges prompts, it does so before anything is made of this one.
Result<void> check_safety(runtime::StepContext& context, ai::Router& router, const std::string& prompt) {
    if (!router.offers(ai::Capability::safety)) return {};
    ai::Order order = order_of(context);
    order.provider.reset();
    const auto checked = router.check(prompt, order);
    if (!checked) return checked.error();
    if (!checked->answer.is_flagged) return {};
    return invalid("/prompt", "unsafe", "No design may be made of this prompt.");
}

}  // namespace

runtime::StepFate write_brief(runtime::StepContext& context, ai::Router& router) {
    const json::Value& input = context.input();
    const std::string& prompt = input["prompt"].as_string();
    if (auto safe = check_safety(context, router, prompt); !safe) return fate_of(safe.error());
    context.progress(0.2);
    const ai::TextRequest request = ai::brief_request(
        prompt, input["brand"], static_cast<int>(input["variants"].as_int(4)), input["seed"].as_int());
    ai::Brief brief;
    const auto written = router.complete(request, order_of(context), [&](ai::TextAnswer& answer) -> Result<> {
        auto value = value_of(answer);
        if (!value) return value.error();
        value->set("prompt", prompt);
        auto parsed = ai::parse_brief(*value);
        if (!parsed) return parsed.error();
        brief = std::move(*parsed);
        return {};
    });
    if (!written) return fate_of(written.error());
    return runtime::Done{json::Object{{"brief", to_json(brief)}, {"by", to_json(written->by)}}};
}

}  // namespace atelier::generation
