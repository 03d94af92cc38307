#include "tests/unit/common/design/damage/damage.hpp"

namespace atelier::test {

using json::Value;

std::vector<Damage> all_damages() {
    std::vector<Damage> out;
    add_syntax_damages(out);
    add_name_damages(out);
    add_value_damages(out);
    add_rule_damages(out);
    return out;
}

namespace {

void each_in(Value& layers, const std::function<void(Value&)>& call) {
    for (Value& layer : layers.make_array()) {
        call(layer);
        if (layer.has("layers")) each_in(*layer.make_object().find("layers"), call);
    }
}

}  // namespace

void each_layer(Value& design, const std::function<void(Value&)>& call) {
    each_in(*design.make_object().find("layers"), call);
}

Value* any_layer(Value& design, std::string_view type, Random& random) {
    std::vector<Value*> found;
    each_layer(design, [&](Value& layer) {
        if (type.empty() || layer["type"].as_string() == type) found.push_back(&layer);
    });
    return found.empty() ? nullptr : found[random() % found.size()];
}

void rename(Value& object, std::string_view from, std::string_view to) {
    if (!object.has(from)) return;
    Value held = object[from];
    object.make_object().erase(from);
    object.set(std::string(to), std::move(held));
}

void each_object(Value& value, const std::function<void(Value&)>& call) {
    if (value.is_array()) {
        for (Value& element : value.make_array())
            each_object(element, call);
        return;
    }
    if (!value.is_object()) return;
    for (auto& [key, member] : value.make_object())
        each_object(member, call);
    call(value);
}

}  // namespace atelier::test
