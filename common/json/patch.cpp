#include "common/json/patch.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "common/json/pointer.hpp"
#include "common/json/schema.hpp"

namespace atelier::json {
namespace {

constexpr std::array<std::string_view, 6> kNames{"add", "remove", "replace", "move", "copy", "test"};

/// Where an operation acts: the container and the last token of its pointer. The root has no container.
struct Place {
    Value* parent = nullptr;
    std::string token;
};

Error nowhere(std::string_view pointer) {
    return conflict("The pointer \"" + std::string(pointer) + "\" leads nowhere.");
}

Result<Place> find_place(Value& document, const std::string& pointer) {
    auto tokens = parse_pointer(pointer);
    if (!tokens) return nowhere(pointer);
    if (tokens->empty()) return Place{};
    Value* parent = follow(document, pointer.substr(0, pointer.rfind('/')));
    if (!parent || !(parent->is_array() || parent->is_object())) return nowhere(pointer);
    return Place{parent, std::move(tokens->back())};
}

/// Moves from `value` only when there is such a place.
Result<> add(Value& document, const std::string& pointer, Value&& value) {
    auto place = find_place(document, pointer);
    if (!place) return place.error();
    if (!place->parent) {
        document = std::move(value);
    } else if (place->parent->is_object()) {
        place->parent->set(place->token, std::move(value));
    } else {
        Array& list = place->parent->make_array();
        const auto index = place->token == "-" ? list.size() : parse_index(place->token);
        if (!index || *index > list.size()) return nowhere(pointer);
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
    }
    return {};
}

Result<Value> take(Value& document, const std::string& pointer) {
    Value* target = follow(document, pointer);
    if (!target) return nowhere(pointer);
    const auto place = find_place(document, pointer);
    if (!place) return place.error();
    Value taken = std::move(*target);
    if (!place->parent)
        document = Value();
    else if (place->parent->is_object())
        place->parent->make_object().erase(place->token);
    else
        place->parent->make_array().erase(place->parent->make_array().begin() +
                                          static_cast<std::ptrdiff_t>(*parse_index(place->token)));
    return taken;
}

Result<> move(Value& document, const PatchOperation& operation) {
    if (operation.path == operation.from)
        return follow(document, operation.from) ? Result<>() : nowhere(operation.from);
    if (operation.path.starts_with(operation.from + "/"))
        return conflict("\"" + operation.from + "\" cannot move into itself.");
    auto taken = take(document, operation.from);
    if (!taken) return taken.error();
    auto added = add(document, operation.path, std::move(*taken));
    if (!added) (void)add(document, operation.from, std::move(*taken));
    return added;
}

bool has_value(PatchKind kind) {
    return kind == PatchKind::add || kind == PatchKind::replace || kind == PatchKind::test;
}
bool has_from(PatchKind kind) {
    return kind == PatchKind::move || kind == PatchKind::copy;
}

void collect(const Value& from, const Value& to, const std::string& at, Patch& patch);

void collect_members(const Value& from, const Value& to, const std::string& at, Patch& patch) {
    for (const auto& [key, value] : from.object())
        if (!to.has(key)) patch.push_back({PatchKind::remove, pointer_to(at, key), {}, {}});
    for (const auto& [key, value] : to.object()) {
        const std::string here = pointer_to(at, key);
        if (from.has(key))
            collect(from[key], value, here, patch);
        else
            patch.push_back({PatchKind::add, here, {}, value});
    }
}

void collect_elements(const Value& from, const Value& to, const std::string& at, Patch& patch) {
    const std::size_t common = std::min(from.size(), to.size());
    for (std::size_t i = from.size(); i > common; --i)
        patch.push_back({PatchKind::remove, pointer_to(at, i - 1), {}, {}});
    for (std::size_t i = 0; i < common; ++i)
        collect(from.at(i), to.at(i), pointer_to(at, i), patch);
    for (std::size_t i = common; i < to.size(); ++i)
        patch.push_back({PatchKind::add, pointer_to(at, i), {}, to.at(i)});
}

void collect(const Value& from, const Value& to, const std::string& at, Patch& patch) {
    if (from == to) return;
    if (from.is_object() && to.is_object()) return collect_members(from, to, at, patch);
    if (from.is_array() && to.is_array()) return collect_elements(from, to, at, patch);
    patch.push_back({PatchKind::replace, at, {}, to});
}

}  // namespace

std::string_view to_string(PatchKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

Result<> apply(Value& document, const PatchOperation& operation) {
    switch (operation.kind) {
        case PatchKind::add:
            return add(document, operation.path, Value(operation.value));
        case PatchKind::remove: {
            const auto taken = take(document, operation.path);
            return taken ? Result<>() : taken.error();
        }
        case PatchKind::replace: {
            Value* target = follow(document, operation.path);
            if (!target) return nowhere(operation.path);
            *target = operation.value;
            return {};
        }
        case PatchKind::move:
            return move(document, operation);
        case PatchKind::copy: {
            const Value* source = follow(document, operation.from);
            return source ? add(document, operation.path, Value(*source)) : nowhere(operation.from);
        }
        case PatchKind::test:
            break;
    }
    const Value* target = follow(document, operation.path);
    if (!target) return nowhere(operation.path);
    return *target == operation.value
               ? Result<>()
               : conflict("\"" + operation.path + "\" has another value than expected.");
}

Result<> apply(Value& document, const Patch& patch) {
    Value changed = document;
    for (const PatchOperation& operation : patch)
        if (auto applied = apply(changed, operation); !applied) return applied;
    document = std::move(changed);
    return {};
}

Value to_json(const PatchOperation& operation) {
    Value out = Object{{"op", to_string(operation.kind)}};
    if (has_from(operation.kind)) out.set("from", operation.from);
    out.set("path", operation.path);
    if (has_value(operation.kind)) out.set("value", operation.value);
    return out;
}

Value to_json(const Patch& patch) {
    Array out;
    for (const PatchOperation& operation : patch)
        out.push_back(to_json(operation));
    return out;
}

Result<Patch> parse_patch(const Value& value) {
    if (!value.is_array()) return invalid("", "type", "A patch is a list of operations.");
    Patch patch;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Value& in = value.at(i);
        const std::string here = pointer_to("", i);
        const auto name = std::find(kNames.begin(), kNames.end(), in["op"].as_string());
        if (name == kNames.end()) {
            errors.push_back(
                {here + "/op", "enum", "The value must be add, remove, replace, move, copy or test."});
            continue;
        }
        PatchOperation operation{
            static_cast<PatchKind>(name - kNames.begin()), in["path"].as_string(), {}, {}};
        if (!in["path"].is_string() || !parse_pointer(operation.path))
            errors.push_back({here + "/path", "pointer", "The value must be a JSON pointer."});
        if (has_from(operation.kind)) {
            operation.from = in["from"].as_string();
            if (!in["from"].is_string() || !parse_pointer(operation.from))
                errors.push_back({here + "/from", "pointer", "The value must be a JSON pointer."});
        }
        if (has_value(operation.kind)) {
            operation.value = in["value"];
            if (!in.has("value"))
                errors.push_back({here + "/value", "required", "The field \"value\" is missing."});
        }
        patch.push_back(std::move(operation));
    }
    if (!errors.empty()) return invalid(std::move(errors));
    return patch;
}

Patch diff(const Value& from, const Value& to) {
    Patch patch;
    collect(from, to, "", patch);
    return patch;
}

}  // namespace atelier::json
