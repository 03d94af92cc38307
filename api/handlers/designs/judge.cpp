#include "api/handlers/designs/judge.hpp"

#include "common/design/brand/dress.hpp"
#include "common/design/brand/kit.hpp"
#include "common/design/fabric/fabric.hpp"
#include "common/design/model/walk.hpp"
#include "common/design/schema/check.hpp"
#include "common/design/text/remembering.hpp"
#include "common/design/typeset/typeset.hpp"

namespace atelier::api {
namespace {

constexpr std::size_t kMostSet = 32 * 1024;

/// The same error, for the member of the body that it is about.
Error in_member(const Error& error, std::string_view member) {
    if (error.code == ErrorCode::internal) return error;
    const std::string pointer = "/" + std::string(member);
    if (error.code == ErrorCode::too_large)
        return {ErrorCode::too_large, error.message, {{pointer, "maximum", error.message}}, {}};
    return invalid(pointer, "format", error.message);
}

/// Texts are measured as renderers set them; more than a page or ten of them by the estimate, since setting
/// them takes seconds.
Result<design::Validation> validated(json::Value document) {
    const bool is_long = design::written_in(document) > kMostSet;
    const design::RememberingMeasurer measurer(is_long ? design::estimated_measurer()
                                                       : design::pango_measurer());
    return design::validate_document(std::move(document), measurer);
}

Result<design::Validation> validated_text(const std::string& text) {
    auto parsed = design::parse_lenient(text);
    if (!parsed) return parsed.error();
    auto validation = validated(std::move(parsed->value));
    if (validation) validation->syntax_repairs = std::move(parsed->repairs);
    return validation;
}

/// The design in the brand's clothes, which may need repairs of their own.
Result<void> put_on(design::Validation& validation, const store::Brand& brand) {
    const json::Value dressed =
        to_json(design::dress(validation.design, design::brand_of_kit(brand.name, brand.kit)));
    for (json::PatchOperation& operation : json::diff(validation.document, dressed))
        validation.repairs.push_back({std::move(operation), "brand", "The design takes the brand's look."});
    auto again = validated(dressed);
    if (!again) return again.error();
    for (design::Repair& repair : again->repairs)
        validation.repairs.push_back(std::move(repair));
    validation.document = std::move(again->document);
    validation.design = std::move(again->design);
    validation.findings = std::move(again->findings);
    return {};
}

Result<Judgement> judged(Result<design::Validation> validation, const std::optional<store::Brand>& brand,
                         std::string_view member) {
    if (validation && brand)
        if (auto worn = put_on(*validation, *brand); !worn) validation = worn.error();
    if (!validation) return in_member(validation.error(), member);
    Judgement judgement;
    judgement.repair_log = design::repair_log(*validation);
    judgement.is_valid = validation->is_valid();
    judgement.title = validation->design.meta.title;
    judgement.width = validation->design.canvas.width;
    judgement.height = validation->design.canvas.height;
    judgement.document = std::move(validation->document);
    return judgement;
}

/// Copies multiply: a short patch could ask for more memory than there is.
Result<void> check_size(const json::Value& document, const json::PatchOperation& operation) {
    if (operation.kind != json::PatchKind::copy) return {};
    if (json::write(document).size() <= design::kMaxDocumentBytes) return {};
    return Error{ErrorCode::too_large,
                 "A design has at most " + std::to_string(design::kMaxDocumentBytes) + " bytes.",
                 {},
                 {}};
}

Result<json::Value> patched(json::Value document, const json::Value& wanted) {
    auto patch = json::parse_patch(wanted);
    if (!patch) {
        Error error = patch.error();
        for (FieldError& field : error.details)
            field.pointer = "/patch" + field.pointer;
        return error;
    }
    for (std::size_t i = 0; i < patch->size(); ++i) {
        const std::string member = "patch/" + std::to_string(i);
        auto applied = json::apply(document, (*patch)[i]);
        if (!applied) return invalid("/" + member, "apply", applied.error().message);
        if (auto fits = check_size(document, (*patch)[i]); !fits) return in_member(fits.error(), member);
    }
    if (!document.is_object() && !document.is_array())
        return invalid("/patch", "type", "What is left is no design.");
    return document;
}

}  // namespace

Result<Judgement> judge_sent(const json::Value& body, const std::optional<store::Brand>& brand) {
    const json::Value& sent = body["design"];
    if (body["format"].as_string() == "fabric") {
        const auto design = design::from_fabric(sent);
        if (!design) return in_member(design.error(), "design");
        return judged(validated(to_json(*design)), brand, "design");
    }
    return judged(sent.is_string() ? validated_text(sent.as_string()) : validated(sent), brand, "design");
}

Result<Judgement> judge_patched(json::Value document, const json::Value& body,
                                const std::optional<store::Brand>& brand) {
    auto changed = patched(std::move(document), body["patch"]);
    if (!changed) return changed.error();
    return judged(validated(std::move(*changed)), brand, "patch");
}

Result<Judgement> judge_stored(json::Value document, const std::optional<store::Brand>& brand) {
    return judged(validated(std::move(document)), brand, "design");
}

void count_validation(ApiServices& services, const Judgement& judgement) {
    const json::Value& log = judgement.repair_log;
    const bool repaired = log["patch"].size() + log["syntax"].size() > 0;
    const std::string_view outcome = !judgement.is_valid ? "invalid" : repaired ? "repaired" : "clean";
    services.metrics.add(metrics::Counter::design_validations, {outcome});
}

store::DesignRevision revision_of(const Judgement& judgement, const UserId& user, store::DesignOrigin origin,
                                  json::Value source) {
    store::DesignRevision revision;
    revision.user_id = user;
    revision.origin = origin;
    revision.source = std::move(source);
    revision.is_valid = judgement.is_valid;
    revision.document = judgement.document;
    revision.repair_log = judgement.repair_log;
    return revision;
}

void show_in(store::Design& design, const Judgement& judgement) {
    design.width = judgement.width;
    design.height = judgement.height;
    design.is_valid = judgement.is_valid;
}

}  // namespace atelier::api
