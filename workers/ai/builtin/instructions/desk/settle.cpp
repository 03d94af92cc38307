#include "workers/ai/builtin/instructions/desk/settle.hpp"

#include <algorithm>

#include "common/design/pipeline/validate.hpp"
#include "common/json/pointer.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using design::Validation;

std::size_t errors_in(const Validation& validation) {
    return std::size_t(std::count_if(validation.findings.begin(), validation.findings.end(),
                                     [](const design::Finding& f) { return f.is_error; }));
}

/// The id of the layer that a pointer leads into; empty for another.
std::string layer_at(const json::Value& document, const std::string& pointer) {
    const auto tokens = json::parse_pointer(pointer);
    const json::Value* here = &document;
    std::string id;
    for (std::size_t i = 0; tokens && i + 1 < tokens->size() && (*tokens)[i] == "layers"; i += 2) {
        const auto index = json::parse_index((*tokens)[i + 1]);
        if (!index) break;
        here = &(*here)["layers"].at(*index);
        id = (*here)["id"].as_string();
    }
    return id;
}

struct Reason {
    std::string_view rule, one, many;
};
constexpr Reason kReasons[] = {
    {"contrast", " took a colour that can be read.", " took colours that can be read."},
    {"text_fit", " was fitted into the room it has.", " were fitted into the room they have."},
    {"bounds", " was moved back onto the canvas.", " were moved back onto the canvas."},
    {"overlap", " stepped aside.", " stepped aside."},
};

void tell(Desk& desk, const Validation& validation) {
    for (const Reason& reason : kReasons) {
        Ids ids;
        for (const design::Repair& repair : validation.repairs) {
            if (repair.rule != reason.rule) continue;
            const std::string id = layer_at(validation.document, repair.operation.path);
            if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
        }
        if (!ids.empty())
            desk.say(desk.called(ids) + std::string(ids.size() == 1 ? reason.one : reason.many));
    }
}

bool is_locked_layer_changed(Desk& desk, const design::Design& before) {
    Desk old(before, std::nullopt, desk.measurer);
    for (const std::string& id : old.ids()) {
        if (!old.layer(id).locked) continue;
        const auto now = desk.seat(id);
        if (!now || !(*now->layer == old.layer(id))) return true;
    }
    return false;
}

}  // namespace

Outcome settle(Desk& desk, const design::Design& before) {
    auto after = design::validate_document(design::to_json(desk.design), desk.measurer);
    if (!after) return "The design would no longer be valid.";
    if (!after->is_valid()) {
        const auto was = design::validate_document(design::to_json(before), desk.measurer);
        if (was && errors_in(*after) > errors_in(*was)) {
            const auto fault = std::find_if(after->findings.begin(), after->findings.end(),
                                            [](const design::Finding& f) { return f.is_error; });
            return "That would leave a fault: " + fault->message;
        }
    }
    const bool asked = is_locked_layer_changed(desk, before);
    const design::Design wanted = desk.design;
    desk.design = after->design;
    if (!asked && is_locked_layer_changed(desk, before)) {
        desk.design = wanted;
        return "That would have to change a locked layer.";
    }
    tell(desk, *after);
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
