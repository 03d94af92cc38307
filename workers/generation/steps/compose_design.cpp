#include "common/design/brand/dress.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/text/remembering.hpp"
#include "common/design/typeset/typeset.hpp"
#include "workers/ai/prompts/prompts.hpp"
#include "workers/generation/steps/steps.hpp"

namespace atelier::generation {
namespace {

Result<design::Validation> validated(const ai::TextAnswer& answer, const design::TextMeasurer& measurer) {
    if (answer.value.is_null()) return design::validate_text(answer.text, measurer);
    return design::validate_document(answer.value, measurer);
}

bool has_words(const std::vector<design::Layer>& layers) {
    for (const design::Layer& layer : layers) {
        if (!layer.visible) continue;
        if (std::holds_alternative<design::TextContent>(layer.content)) return true;
        const auto* group = std::get_if<design::GroupContent>(&layer.content);
        if (group && has_words(group->layers)) return true;
    }
    return false;
}

/// A design of the size that was asked for, that says something and breaks no rule.
Result<> judge(const design::Validation& validation, int width, int height) {
    const design::Canvas& canvas = validation.design.canvas;
    if (canvas.width != width || canvas.height != height)
        return invalid("/canvas", "size", "The design has another size than was asked for.");
    if (!has_words(validation.design.layers))
        return invalid("/layers", "minItems", "The design has no text.");
    for (const design::Finding& finding : validation.findings)
        if (finding.is_error) return invalid(finding.pointer, finding.rule, finding.message);
    return {};
}

/// A language model may not have kept to the brand.
Result<> wear(design::Validation& validation, const json::Value& brand,
              const design::TextMeasurer& measurer) {
    if (brand.is_null() || validation.design.brand == design::read_brand(brand)) return {};
    auto again = design::validate_document(
        design::to_json(design::dress(validation.design, design::read_brand(brand))), measurer);
    if (!again) return again.error();
    validation.document = std::move(again->document);
    validation.design = std::move(again->design);
    validation.findings = std::move(again->findings);
    return {};
}

}  // namespace

runtime::StepFate compose_design(runtime::StepContext& context, ai::Router& router) {
    const json::Value& input = context.input();
    const ai::DesignWish wish{.brief = input["brief"],
                              .brand = input["brand"],
                              .width = static_cast<int>(input["canvas"]["width"].as_int()),
                              .height = static_cast<int>(input["canvas"]["height"].as_int()),
                              .variant = static_cast<int>(input["variant"].as_int()),
                              .variants = static_cast<int>(input["variants"].as_int(1)),
                              .seed = input["seed"].as_int()};
    const design::RememberingMeasurer measurer(design::pango_measurer());
    design::Validation made;
    const auto composed =
        router.complete(ai::design_request(wish), order_of(context), [&](ai::TextAnswer& answer) -> Result<> {
            auto validation = validated(answer, measurer);
            if (!validation) return validation.error();
            if (auto worn = wear(*validation, wish.brand, measurer); !worn) return worn;
            if (auto good = judge(*validation, wish.width, wish.height); !good) return good;
            made = std::move(*validation);
            return {};
        });
    if (!composed) return fate_of(composed.error());
    json::Value told = json::Object{{"variant", wish.variant}, {"title", made.design.meta.title}};
    told.set("by", to_json(composed->by));
    return runtime::Done{json::Object{
        {"design", made.document},
        {"repair_log", design::repair_log(made)},
        {"source",
         json::Object{{"prompt", input["brief"]["prompt"]}, {"seed", wish.seed}, {"variant", wish.variant}}},
        {"told", std::move(told)}}};
}

}  // namespace atelier::generation
