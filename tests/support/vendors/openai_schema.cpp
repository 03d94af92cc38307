#include "tests/support/vendors/openai_schema.hpp"

#include <algorithm>
#include <array>

#include "common/json/pointer.hpp"

namespace atelier::tests {
namespace {

constexpr std::array<std::string_view, 19> kKeywords{"type",
                                                     "properties",
                                                     "required",
                                                     "additionalProperties",
                                                     "items",
                                                     "enum",
                                                     "const",
                                                     "anyOf",
                                                     "$ref",
                                                     "$defs",
                                                     "description",
                                                     "title",
                                                     "pattern",
                                                     "format",
                                                     "minimum",
                                                     "maximum",
                                                     "exclusiveMinimum",
                                                     "exclusiveMaximum",
                                                     "multipleOf"};
constexpr std::array<std::string_view, 9> kFormats{"date-time", "time", "date", "duration", "email",
                                                   "hostname",  "ipv4", "ipv6", "uuid"};
constexpr int kDeepest = 10;

std::string object_objection(const json::Value& schema) {
    if (!schema["additionalProperties"].is_bool() || schema["additionalProperties"].as_bool(true))
        return "'additionalProperties' is required to be supplied and to be false";
    for (const auto& [name, property] : schema["properties"].object()) {
        const auto& required = schema["required"].array();
        if (std::find(required.begin(), required.end(), json::Value(name)) == required.end())
            return "'required' must include every key in properties: " + name;
    }
    return {};
}

std::string objection(const json::Value& schema, const json::Value& root, int depth) {
    if (depth > kDeepest) return "too deep";
    if (schema.has("$ref")) {
        const std::string& reference = schema["$ref"].as_string();
        const bool is_there = reference.starts_with('#') && json::follow(root, reference.substr(1));
        return is_there ? "" : "reference that leads nowhere";
    }
    for (const auto& [name, value] : schema.object()) {
        const bool is_known = std::find(kKeywords.begin(), kKeywords.end(), name) != kKeywords.end() ||
                              name == "minItems" || name == "maxItems";
        if (!is_known) return "'" + name + "' is not permitted";
    }
    if (schema.has("format")) {
        const auto& format = schema["format"].as_string();
        if (std::find(kFormats.begin(), kFormats.end(), format) == kFormats.end()) return "format " + format;
    }
    if (!schema.has("type") && !schema.has("anyOf")) return "schema must have a 'type' key";
    if (schema["type"] == json::Value("object"))
        if (auto found = object_objection(schema); !found.empty()) return found;
    for (const auto& [name, property] : schema["properties"].object())
        if (auto found = objection(property, root, depth + 1); !found.empty()) return found;
    if (schema["type"] == json::Value("array")) {
        if (!schema.has("items")) return "array schema missing items";
        if (auto found = objection(schema["items"], root, depth + 1); !found.empty()) return found;
    }
    for (const auto& alternative : schema["anyOf"].array())
        if (auto found = objection(alternative, root, depth); !found.empty()) return found;
    for (const auto& [name, part] : schema["$defs"].object())
        if (auto found = objection(part, root, 1); !found.empty()) return found;
    return {};
}

}  // namespace

std::string strict_objection(const json::Value& schema) {
    if (schema["type"] != json::Value("object") || schema.has("anyOf"))
        return "schema must be a JSON Schema of 'type: \"object\"'";
    return objection(schema, schema, 1);
}

}  // namespace atelier::tests
