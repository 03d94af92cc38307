#include "workers/ai/builtin/instructions/desk/patch.hpp"

#include <algorithm>

#include "common/json/pointer.hpp"

namespace atelier::ai::builtin::instructions {
namespace {

using json::Patch;
using json::PatchKind;
using json::Value;

const Value& layers_at(const Value& document, const std::string& pointer) {
    static const Value kNone;
    const Value* found = json::follow(document, pointer);
    return found ? *found : kNone;
}

std::size_t position(const Value& layers, const std::string& id) {
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (layers.at(i)["id"].as_string() == id) return i;
    return layers.size();
}

/// Brings the list's layers into the wanted order; what they are is left to the difference.
void arrange(Value& document, const std::string& list, const Value& wanted, Patch& out) {
    const auto apply = [&](json::PatchOperation operation) {
        if (json::apply(document, operation)) out.push_back(std::move(operation));
    };
    const auto here = [&]() -> const Value& { return layers_at(document, list); };
    for (std::size_t i = here().size(); i-- > 0;)
        if (position(wanted, here().at(i)["id"].as_string()) == wanted.size())
            apply({PatchKind::remove, json::pointer_to(list, i), {}, {}});
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::size_t now = position(here(), wanted.at(i)["id"].as_string());
        if (now == i) continue;
        if (now == here().size()) {
            apply({PatchKind::add, json::pointer_to(list, i), {}, wanted.at(i)});
            continue;
        }
        // One that goes to the front is one move, not one for each that it passes.
        const std::size_t goal = position(wanted, here().at(i)["id"].as_string());
        if (now == i + 1 && goal > i + 1 && goal < here().size())
            apply({PatchKind::move, json::pointer_to(list, goal), json::pointer_to(list, i), {}});
        if (position(here(), wanted.at(i)["id"].as_string()) != i)
            apply({PatchKind::move,
                   json::pointer_to(list, i),
                   json::pointer_to(list, position(here(), wanted.at(i)["id"].as_string())),
                   {}});
    }
}

}  // namespace

Patch patch_between(const Value& from, const Value& to) {
    Patch out;
    Value document = from;
    arrange(document, "/layers", to["layers"], out);
    const Patch rest = json::diff(document, to);
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

}  // namespace atelier::ai::builtin::instructions
