#include "common/design/text/remembering.hpp"
#include "common/design/typeset/typeset.hpp"
#include "workers/ai/brief/brief.hpp"
#include "workers/ai/builtin/compose/compose.hpp"
#include "workers/ai/builtin/engines.hpp"
#include "workers/ai/builtin/instructions/instructions.hpp"
#include "workers/ai/builtin/reading/read_brief.hpp"

namespace atelier::ai::builtin {
namespace {

std::optional<design::Brand> brand_of(const json::Value& brand) {
    if (brand.is_null()) return std::nullopt;
    return design::read_brand(brand);
}

json::Value texts(const std::vector<std::string>& list) {
    json::Value out = json::Array{};
    for (const std::string& text : list)
        out.push(text);
    return out;
}

Result<json::Value> write_brief(const json::Value& input, const Embedding* embedding) {
    const auto brief = read_brief({.prompt = input["prompt"].as_string(),
                                   .brand = brand_of(input["brand"]),
                                   .variants = static_cast<int>(input["variants"].as_int(4)),
                                   .seed = static_cast<std::uint64_t>(input["seed"].as_int())},
                                  embedding);
    if (!brief) return brief.error();
    return to_json(*brief);
}

/// All variants are composed, since each must differ from the others; the one that was asked for is given.
Result<json::Value> write_design(const json::Value& input, const async::StopToken& stop) {
    auto brief = parse_brief(input["brief"]);
    if (!brief) return brief.error();
    const design::RememberingMeasurer measurer(design::pango_measurer());
    const auto designs = compose({.brief = std::move(*brief),
                                  .brand = brand_of(input["brand"]),
                                  .width = static_cast<int>(input["width"].as_int()),
                                  .height = static_cast<int>(input["height"].as_int()),
                                  .variants = static_cast<int>(input["variants"].as_int(1)),
                                  .seed = static_cast<std::uint64_t>(input["seed"].as_int()),
                                  .stop = stop},
                                 measurer);
    if (!designs) return designs.error();
    const auto variant = static_cast<std::size_t>(input["variant"].as_int());
    if (variant >= designs->size()) return internal("There are fewer designs than variants.");
    return design::to_json((*designs)[variant].design);
}

Result<json::Value> edit_design(const json::Value& input) {
    const auto design = design::parse_design(input["design"]);
    if (!design) return design.error();
    const design::RememberingMeasurer measurer(design::pango_measurer());
    const auto followed =
        follow(*design, input["instruction"].as_string(), brand_of(input["brand"]), measurer);
    if (!followed) return followed.error();
    json::Value answer = json::Object{{"patch", json::to_json(followed->patch)},
                                      {"summary", texts(followed->summary)},
                                      {"not_understood", texts(followed->not_understood)}};
    if (followed->translate_to) answer.set("translate_to", *followed->translate_to);
    return answer;
}

Result<json::Value> answer(const TextRequest& request, const Embedding* embedding,
                           const async::StopToken& stop) {
    switch (request.task) {
        case TextTask::write_brief:
            return write_brief(request.input, embedding);
        case TextTask::write_design:
            return write_design(request.input, stop);
        case TextTask::edit_design:
            return edit_design(request.input);
        case TextTask::translate:
            break;
    }
    return invalid("/language", "provider",
                   "The builtin engine does not translate: it needs a text provider.");
}

}  // namespace

Failure failure_of(const Error& error) {
    if (error.code == ErrorCode::conflict) return {FailureKind::cancelled, error.message};
    for (const FieldError& field : error.details)
        if (field.rule == "unsafe") return {FailureKind::unsafe_prompt, field.message};
    const bool may_pass = error.code == ErrorCode::unavailable;
    const std::string& message = error.details.empty() ? error.message : error.details.front().message;
    return {may_pass ? FailureKind::transient : FailureKind::permanent, message};
}

boost::system::result<TextAnswer, Failure> TextEngine::complete(const TextRequest& request,
                                                                const Call& call) {
    auto value = answer(request, embedding_, call.stop);
    if (!value) return failure_of(value.error());
    TextAnswer given;
    given.value = std::move(*value);
    return given;
}

}  // namespace atelier::ai::builtin
