#include "tests/unit/common/design/fuzz/properties.hpp"

#include "common/design/pipeline/validate.hpp"
#include "common/design/schema/check.hpp"

namespace atelier::test {

std::string broken_property(std::string_view text, bool* was_valid) {
    const auto first = design::validate_text(text);
    if (was_valid) *was_valid = first && first->is_valid();
    if (!first) {
        const bool is_expected =
            first.error().code == ErrorCode::bad_request || first.error().code == ErrorCode::too_large;
        return is_expected ? "" : "it failed: " + first.error().message;
    }
    if (const auto errors = design::check_design(first->document); !errors.empty())
        return "the result breaks the schema at " + errors[0].pointer + ": " + errors[0].message;
    json::Value applied = first->parsed;
    if (!json::apply(applied, design::patch_of(first->repairs)) || !(applied == first->document))
        return "the repairs do not give the result";
    if (!(design::to_json(first->design) == first->document)) return "the model does not write what it read";
    const auto reread = json::parse(json::write(first->document));
    if (!reread || !(*reread == first->document)) return "the result changes when written and read";
    const auto second = design::validate_text(json::write(first->document));
    if (!second) return "the result cannot be validated: " + second.error().message;
    if (!second->syntax_repairs.empty() || !second->schema_errors.empty()) return "the result is not in form";
    if (!second->repairs.empty())
        return "validating again changes " + json::write(design::to_json(second->repairs[0]));
    return second->findings == first->findings ? "" : "validating again finds something else";
}

}  // namespace atelier::test
