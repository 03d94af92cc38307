#include <algorithm>

#include "common/design/model/walk.hpp"
#include "common/design/pipeline/validate.hpp"
#include "common/design/text/remembering.hpp"
#include "common/design/typeset/typeset.hpp"
#include "common/json/patch.hpp"
#include "common/store/designs.hpp"
#include "workers/ai/prompts/prompts.hpp"
#include "workers/generation/steps/steps.hpp"

namespace atelier::generation {
namespace {

using design::Validation;

/// What an instruction came to.
struct Edit {
    Validation result;
    json::Value summary, not_understood;
};

/// The answer of the task edit_design, applied to the document.
Result<Edit> applied(const json::Value& document, const json::Value& answer,
                     const design::TextMeasurer& measurer) {
    auto patch = json::parse_patch(answer["patch"]);
    if (!patch) return patch.error();
    json::Value changed = document;
    if (auto done = json::apply(changed, *patch); !done) return done.error();
    auto validation = design::validate_document(std::move(changed), measurer);
    if (!validation) return validation.error();
    return Edit{std::move(*validation), answer["summary"], answer["not_understood"]};
}

/// Every text of a design, run by run, in the order of the document.
void for_each_run(design::Design& design, const std::function<void(design::Run&)>& visit) {
    design::for_each_layer(design.layers, [&](design::Layer& layer) {
        auto* text = std::get_if<design::TextContent>(&layer.content);
        if (!text || layer.locked) return;
        for (design::Run& run : text->runs)
            visit(run);
    });
}

/// Translates what the instruction asked for and the engine cannot do itself.
Result<void> translate(runtime::StepContext& context, ai::Router& router, const std::string& language,
                       const design::TextMeasurer& measurer, Edit& edit) {
    std::vector<std::string> texts;
    design::Design design = edit.result.design;
    for_each_run(design, [&](design::Run& run) { texts.push_back(run.text); });
    json::Value translated;
    ai::Order order = order_of(context);
    order.key += "/translate";
    const auto done = router.complete(
        ai::translation_request(texts, language), order, [&](ai::TextAnswer& answer) -> Result<> {
            const auto value = value_of(answer);
            if (!value) return value.error();
            translated = (*value)["texts"];
            const bool all_texts = std::all_of(
                translated.array().begin(), translated.array().end(),
                [](const json::Value& text) { return text.is_string() && !text.as_string().empty(); });
            if (all_texts && translated.size() == texts.size()) return {};
            return invalid("/texts", "items", "There are not as many translations as texts.");
        });
    if (!done) return done.error();
    std::size_t next = 0;
    for_each_run(design, [&](design::Run& run) { run.text = translated.at(next++).as_string(); });
    design.meta.language = language;
    auto validation = design::validate_document(design::to_json(design), measurer);
    if (!validation) return validation.error();
    edit.result = std::move(*validation);
    edit.summary.push("The texts are translated (" + language + ").");
    return {};
}

json::Value output_of(const json::Value& before, const json::Value& input, const Edit& edit) {
    const json::Value patch = json::to_json(json::diff(before, edit.result.document));
    return json::Object{
        {"design", edit.result.document},
        {"repair_log", design::repair_log(edit.result)},
        {"source", json::Object{{"instruction", input["instruction"]}, {"version", input["design_version"]}}},
        {"told", json::Object{{"variant", 0},
                              {"patch", patch},
                              {"summary", edit.summary},
                              {"not_understood", edit.not_understood}}}};
}

}  // namespace

runtime::StepFate edit_design(runtime::StepContext& context, ai::Router& router) {
    const json::Value& input = context.input();
    const auto revision = context.db().read([&](soci::session& session) {
        return store::find_pinned_revision(session, context.claim().organization_id,
                                           DesignId{input["design_id"].as_string()},
                                           static_cast<int>(input["design_version"].as_int()));
    });
    if (!revision) return runtime::fate_of(revision.error());
    const design::RememberingMeasurer measurer(design::pango_measurer());
    Edit edit;
    std::string language;
    const auto edited = router.complete(
        ai::edit_request(revision->document, input["instruction"].as_string(), input["brand"]),
        order_of(context), [&](ai::TextAnswer& answer) -> Result<> {
            const auto value = value_of(answer);
            if (!value) return value.error();
            auto result = applied(revision->document, *value, measurer);
            if (!result) return result.error();
            edit = std::move(*result);
            language = (*value)["translate_to"].as_string();
            return {};
        });
    if (!edited) return fate_of(edited.error());
    context.progress(0.6);
    if (!language.empty())
        if (auto done = translate(context, router, language, measurer, edit); !done)
            return fate_of(done.error());
    return runtime::Done{output_of(revision->document, input, edit)};
}

}  // namespace atelier::generation
