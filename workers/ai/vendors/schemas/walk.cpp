#include "workers/ai/vendors/schemas/walk.hpp"

#include <algorithm>

#include "common/json/pointer.hpp"

namespace atelier::ai {
namespace {

struct Wording {
    std::string_view keyword, before, after;
};
constexpr Wording kWordings[] = {
    {"minLength", "At least ", " characters."},
    {"maxLength", "At most ", " characters."},
    {"minItems", "At least ", " elements."},
    {"maxItems", "At most ", " elements."},
    {"minProperties", "At least ", " members."},
    {"maxProperties", "At most ", " members."},
    {"minimum", "At least ", "."},
    {"maximum", "At most ", "."},
    {"exclusiveMinimum", "More than ", "."},
    {"exclusiveMaximum", "Less than ", "."},
    {"multipleOf", "A multiple of ", "."},
    {"format", "In the format ", "."},
    {"pattern", "Matches the pattern ", "."},
    {"enum", "One of ", "."},
    {"const", "Always ", "."},
};

std::string text_of(const json::Value& value) {
    return value.is_string() ? value.as_string() : json::write(value);
}

void merge_into(json::Value& target, const json::Value& part) {
    for (const auto& [key, value] : part.object()) {
        if (key == "properties") {
            for (const auto& [name, property] : value.object()) {
                json::Value joined = target["properties"];
                joined.set(name, property);
                target.set("properties", std::move(joined));
            }
        } else if (key == "required") {
            json::Value joined = target["required"];
            joined.make_array();
            for (const auto& name : value.array())
                joined.push(name);
            target.set("required", std::move(joined));
        } else {
            target.set(key, value);
        }
    }
}

std::string_view type_of_value(const json::Value& value) {
    if (value.is_null()) return "null";
    if (value.is_bool()) return "boolean";
    if (value.is_int()) return "integer";
    if (value.is_number()) return "number";
    if (value.is_string()) return "string";
    return value.is_array() ? "array" : "object";
}

}  // namespace

const json::Value* local_schema(const json::Value& root, std::string_view reference) {
    if (!reference.starts_with('#')) return nullptr;
    return json::follow(root, reference.substr(1));
}

json::Value without_all_of(const json::Value& schema, const json::Value& root) {
    if (!schema.has("allOf")) return schema;
    json::Value merged = schema;
    merged.make_object().erase("allOf");
    for (const auto& part : schema["allOf"].array()) {
        const json::Value* resolved = &part;
        if (part.has("$ref")) resolved = local_schema(root, part["$ref"].as_string());
        if (resolved) merge_into(merged, without_all_of(*resolved, root));
    }
    return merged;
}

std::vector<std::string> types_of(const json::Value& schema) {
    const json::Value& type = schema["type"];
    if (type.is_string()) return {type.as_string()};
    std::vector<std::string> types;
    const auto add = [&](std::string_view name) {
        if (std::find(types.begin(), types.end(), name) == types.end()) types.emplace_back(name);
    };
    for (const auto& name : type.array())
        add(name.as_string());
    if (!types.empty()) return types;
    for (const auto& value : schema["enum"].array())
        add(type_of_value(value));
    if (schema.has("const")) add(type_of_value(schema["const"]));
    if (!types.empty()) return types;
    if (schema.has("properties") || schema.has("required")) add("object");
    if (schema.has("items")) add("array");
    if (schema.has("minLength") || schema.has("maxLength") || schema.has("format")) add("string");
    if (schema.has("minimum") || schema.has("maximum")) add("number");
    return types;
}

std::string described(const json::Value& schema, const std::vector<std::string_view>& keywords) {
    std::string text = schema["description"].as_string();
    for (const auto& [keyword, before, after] : kWordings) {
        const bool wanted = std::find(keywords.begin(), keywords.end(), keyword) != keywords.end();
        if (!wanted || !schema.has(keyword)) continue;
        if (!text.empty()) text += ' ';
        text.append(before).append(text_of(schema[keyword])).append(after);
    }
    return text;
}

void describe(json::Value& out, const json::Value& schema, const std::vector<std::string_view>& keywords) {
    if (auto text = described(schema, keywords); !text.empty()) out.set("description", std::move(text));
}

void copy_keywords(json::Value& out, const json::Value& schema, std::initializer_list<const char*> keywords) {
    for (const char* keyword : keywords)
        if (schema.has(keyword)) out.set(keyword, schema[keyword]);
}

const json::Value& alternatives_of(const json::Value& schema) {
    return schema.has("anyOf") ? schema["anyOf"] : schema["oneOf"];
}

bool is_required(const json::Value& schema, std::string_view member) {
    const auto& names = schema["required"].array();
    return std::any_of(names.begin(), names.end(),
                       [&](const json::Value& name) { return name.as_string() == member; });
}

}  // namespace atelier::ai
