#include "common/design/repair/editor.hpp"

#include "common/json/pointer.hpp"

namespace atelier::design {

using json::PatchKind;
using json::Value;

Value to_json(const Repair& repair) {
    Value out = json::to_json(repair.operation);
    return out.set("rule", repair.rule).set("reason", repair.reason);
}

json::Patch patch_of(const std::vector<Repair>& repairs) {
    json::Patch patch;
    for (const Repair& repair : repairs)
        patch.push_back(repair.operation);
    return patch;
}

const Value& Editor::at(std::string_view pointer) const {
    static const Value nothing;
    const Value* found = json::follow(document_, pointer);
    return found ? *found : nothing;
}

bool Editor::has(std::string_view pointer) const {
    return json::follow(document_, pointer) != nullptr;
}

void Editor::add(std::string path, Value value, std::string rule, std::string reason) {
    make({PatchKind::add, std::move(path), {}, std::move(value)}, std::move(rule), std::move(reason));
}
void Editor::replace(std::string path, Value value, std::string rule, std::string reason) {
    make({PatchKind::replace, std::move(path), {}, std::move(value)}, std::move(rule), std::move(reason));
}
void Editor::remove(std::string path, std::string rule, std::string reason) {
    make({PatchKind::remove, std::move(path), {}, {}}, std::move(rule), std::move(reason));
}
void Editor::move(std::string from, std::string path, std::string rule, std::string reason) {
    make({PatchKind::move, std::move(path), std::move(from), {}}, std::move(rule), std::move(reason));
}

void Editor::make(json::PatchOperation operation, std::string rule, std::string reason) {
    if (json::apply(document_, operation))
        repairs_.push_back({std::move(operation), std::move(rule), std::move(reason)});
}

}  // namespace atelier::design
