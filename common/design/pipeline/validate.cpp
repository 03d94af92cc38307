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

/// Rounds of stages 3 and 4: what the constraints wrote is looked at by the repairs once more.
constexpr int kMostRounds = 4;

bool is_too_deep(const Value& value, std::size_t levels) {
    if (!value.is_array() && !value.is_object()) return false;
    if (levels == 0) return true;
    const auto deeper = [&](const Value& v) { return is_too_deep(v, levels - 1); };
    return std::any_of(value.array().begin(), value.array().end(), deeper) ||
           std::any_of(value.object().begin(), value.object().end(),
                       [&](const auto& m) { return deeper(m.second); });
}

std::vector<Finding> settle(Editor& editor, const TextMeasurer& measurer) {
    std::vector<Finding> findings;
    for (int round = 0; round < kMostRounds; ++round) {
        const std::size_t before = editor.repairs().size();
        repair_design(editor);
        findings = constrain_design(editor, measurer);
        if (editor.repairs().size() == before) break;
    }
    return findings;
}

}  // namespace

bool Validation::is_valid() const {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& f) { return f.is_error; });
}

Result<Validation> validate_document(Value parsed, const TextMeasurer& measurer) {
    if (is_too_deep(parsed, kMaxDocumentDepth + 1))
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
