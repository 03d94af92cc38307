#include "workers/generation/steps/probe_provider.hpp"

#include <chrono>
#include <optional>

namespace atelier::generation {
namespace {

using ai::Capability;
using ai::DoneBy;

constexpr std::chrono::milliseconds kPatience{25'000};
constexpr const char* kPrompt = "A small sign that says ready";

ai::TextRequest small_text() {
    ai::TextRequest request;
    request.task = ai::TextTask::write_brief;
    request.input = json::Object{{"prompt", kPrompt}, {"variants", 1}, {"seed", 1}};
    request.instructions = "You answer with JSON that fits the schema.";
    request.prompt = "Say that you are ready.";
    request.schema_name = "readiness";
    request.schema = json::Object{{"type", "object"},
                                  {"properties", json::Object{{"ready", json::Object{{"type", "boolean"}}}}},
                                  {"required", json::Array{"ready"}},
                                  {"additionalProperties", false}};
    request.max_output_tokens = 256;
    request.temperature = 0;
    request.seed = 1;
    return request;
}

ai::ImageRequest small_image() {
    ai::ImageRequest request;
    request.prompt = request.subject = kPrompt;
    request.width = request.height = 256;
    request.quality = ai::ImageQuality::low;
    request.seed = 1;
    return request;
}

template <class Answer>
Result<DoneBy> done_by(const Result<ai::Routed<Answer>>& routed) {
    if (!routed) return routed.error();
    return routed->by;
}

Result<DoneBy> ask(ai::Router& router, Capability capability, const ai::Order& order) {
    switch (capability) {
        case Capability::text:
            return done_by(router.complete(small_text(), order));
        case Capability::embedding:
            return done_by(router.embed({kPrompt}, order));
        case Capability::safety:
            return done_by(router.check(kPrompt, order));
        case Capability::image:
            return done_by(router.make(small_image(), order));
        case Capability::vision:
            break;
    }
    return invalid("/provider", "exists", "Reading pictures is not probed by itself.");
}

/// What to say of it: the provider's own words where it had some.
std::string problem_of(const Error& error) {
    return error.details.empty() ? error.message : error.details.front().message;
}

bool is_absent(const Error& error) {
    return error.code == ErrorCode::validation_failed && !error.details.empty() &&
           error.details.front().rule == "exists";
}

/// One row of the answer; nothing where the provider does not offer it.
std::optional<json::Value> probe(ai::Router& router, Capability capability, ai::Order order) {
    if (!router.offers(capability)) return std::nullopt;
    order.key += std::string(":") + std::string(to_string(capability));
    const auto begun = std::chrono::steady_clock::now();
    const auto done = ask(router, capability, order);
    const auto took = std::chrono::steady_clock::now() - begun;
    if (!done && is_absent(done.error())) return std::nullopt;
    json::Value row = json::Object{{"capability", to_string(capability)}, {"works", done.has_value()}};
    row.set("model", done ? json::Value(done->model) : json::Value())
        .set("ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count())
        .set("cost_usd", done && done->cost_micro_usd
                             ? json::Value(static_cast<double>(*done->cost_micro_usd) / 1e6)
                             : json::Value())
        .set("problem", done ? json::Value() : json::Value(problem_of(done.error())));
    return row;
}

}  // namespace

runtime::StepFate probe_provider(runtime::StepContext& context, ai::Router& router) {
    const store::Claim& claim = context.claim();
    const ai::Order order{.organization = claim.organization_id,
                          .job = claim.job_id,
                          .key = claim.id.value,
                          .provider = claim.input["provider"].as_string(),
                          .is_provider_fixed = true,
                          .patience = kPatience,
                          .stop = context.stop_token()};
    json::Value rows = json::Array{};
    const auto add = [&](Capability capability) {
        if (auto row = probe(router, capability, order)) rows.push(std::move(*row));
    };
    for (const Capability capability : {Capability::text, Capability::embedding, Capability::safety})
        add(capability);
    if (rows.size() == 0) add(Capability::image);
    if (rows.size() == 0)
        return runtime::Fail{invalid("/provider", "exists", "No worker has this provider now.")};
    bool works = true;
    for (const json::Value& row : rows.array())
        works = works && row["works"].as_bool();
    return runtime::Done{
        json::Object{{"provider", *order.provider}, {"works", works}, {"capabilities", std::move(rows)}}};
}

}  // namespace atelier::generation
