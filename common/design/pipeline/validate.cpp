#include "common/design/pipeline/validate.hpp"

#include <algorithm>

#include "common/design/model/read.hpp"
#include "common/design/repair/repair.hpp"
#include "common/design/schema/check.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr int kMostRounds = 4;

/// Stages 3 and 4 until they leave the document alone. Where they do not agree, stage 3 has the last word and
/// stage 4 only reports, so that validating once more takes the same way to the same end.
std::vector<Finding> settle(Editor& editor, const TextMeasurer& measurer) {
    std::vector<Finding> findings;
    repair_design(editor);
    Editor attempt = editor;
    for (int round = 0; round < kMostRounds; ++round) {
        const std::size_t before = attempt.repairs().size();
        findings = constrain_design(attempt, measurer);
        repair_design(attempt);
        if (attempt.repairs().size() != before) continue;
        editor = std::move(attempt);
        return findings;
    }
    Editor judged(editor.document());
    findings = constrain_design(judged, measurer);
    findings.push_back(
        {"", "unsettled", "The rules and the ranges of the fields could not all be met.", true});
    return findings;
}

}  // namespace

bool Validation::is_valid() const {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& f) { return f.is_error; });
}

Result<Validation> validate_document(Value parsed, const TextMeasurer& measurer) {
    if (is_nested_deeper(parsed, kMaxDocumentDepth))
        return bad_request("The document is nested deeper than " + std::to_string(kMaxDocumentDepth) +
                           " levels.");
    Validation out;
    out.schema_errors = check_design(parsed);
    Editor editor(parsed);
    out.findings = settle(editor, measurer);
    out.parsed = std::move(parsed);
    out.repairs = editor.take_repairs();
    out.document = editor.take_document();
    if (out.repairs.size() > kMaxRepairs)
        out.repairs = {{{json::PatchKind::replace, "", {}, out.document},
                        "rebuilt",
                        "More was wrong than can be listed."}};
    const std::vector<FieldError> errors = check_design(out.document);
    if (!errors.empty())
        return internal("The repaired design does not fit its schema at " + errors[0].pointer + ".");
    out.design = read_valid(out.document);
    return out;
}

Result<Validation> validate_text(std::string_view text, const TextMeasurer& measurer) {
    auto parsed = parse_lenient(text);
    if (!parsed) return parsed.error();
    auto out = validate_document(std::move(parsed->value), measurer);
    if (out) out->syntax_repairs = std::move(parsed->repairs);
    return out;
}

Value repair_log(const Validation& validation) {
    Array syntax, patch, findings;
    for (const SyntaxRepair& r : validation.syntax_repairs)
        syntax.push_back(Object{{"offset", r.offset}, {"rule", r.rule}, {"reason", r.reason}});
    for (const Repair& r : validation.repairs)
        patch.push_back(to_json(r));
    for (const Finding& f : validation.findings)
        findings.push_back(Object{{"pointer", f.pointer},
                                  {"rule", f.rule},
                                  {"message", f.message},
                                  {"severity", f.is_error ? "error" : "notice"}});
    return Object{
        {"syntax", std::move(syntax)}, {"patch", std::move(patch)}, {"findings", std::move(findings)}};
}

}  // namespace atelier::design
