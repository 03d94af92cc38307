#include "workers/ai/vendors/schemas/dialect.hpp"

#include <algorithm>

#include "workers/ai/vendors/schemas/walk.hpp"

namespace atelier::ai {
namespace {

json::Value wrapped(json::Value schema) {
    json::Value definitions;
    for (const char* name : {"definitions", "$defs"})
        if (schema.has(name)) {
            definitions.set(name, schema[name]);
            schema.make_object().erase(name);
        }
    json::Value properties, out;
    properties.set("answer", std::move(schema));
    out.set("type", "object").set("properties", std::move(properties));
    out.set("required", json::Array{"answer"}).set("additionalProperties", false);
    for (const auto& [name, value] : definitions.object())
        out.set(name, value);
    return out;
}

bool allows_null(const json::Value& schema) {
    const auto types = types_of(schema);
    return std::find(types.begin(), types.end(), "null") != types.end() ||
           std::any_of(alternatives_of(schema).array().begin(), alternatives_of(schema).array().end(),
                       allows_null);
}

void drop_added_nulls(json::Value& value, const json::Value& given, const json::Value& root) {
    if (given.has("$ref")) {
        const auto* target = local_schema(root, given["$ref"].as_string());
        if (target && target != &given) drop_added_nulls(value, *target, root);
        return;
    }
    const json::Value schema = without_all_of(given, root);
    for (const auto& alternative : alternatives_of(schema).array())
        drop_added_nulls(value, alternative, root);
    if (value.is_array() && schema.has("items"))
        for (auto& element : value.make_array())
            drop_added_nulls(element, schema["items"], root);
    if (!value.is_object()) return;
    for (const auto& [name, property] : schema["properties"].object()) {
        json::Value* member = value.make_object().find(name);
        if (!member) continue;
        if (member->is_null() && !is_required(schema, name) && !allows_null(property))
            value.make_object().erase(name);
        else
            drop_added_nulls(*member, property, root);
    }
}

}  // namespace

AdaptedSchema adapt_schema(const json::Value& schema, Dialect dialect) {
    AdaptedSchema adapted{schema};
    if (schema.is_null()) return adapted;
    const auto types = types_of(schema);
    const bool is_object =
        types == std::vector<std::string>{"object"} && !schema.has("anyOf") && !schema.has("oneOf");
    if (!is_object && dialect != Dialect::gemini) {
        adapted.schema = wrapped(schema);
        adapted.is_wrapped = true;
    }
    std::optional<json::Value> converted = adapted.schema;
    if (dialect == Dialect::openai_strict) converted = openai_strict_schema(adapted.schema);
    if (dialect == Dialect::gemini) converted = gemini_schema(adapted.schema);
    adapted.is_expressed = converted.has_value();
    if (converted) adapted.schema = std::move(*converted);
    return adapted;
}

json::Value restore_answer(json::Value answer, const json::Value& schema, const AdaptedSchema& adapted) {
    if (adapted.is_wrapped && answer.has("answer")) answer = json::Value(answer["answer"]);
    drop_added_nulls(answer, schema, schema);
    return answer;
}

}  // namespace atelier::ai
