#include <algorithm>
#include <array>
#include <utility>

#include "workers/ai/vendors/schemas/walk.hpp"

namespace atelier::ai {
namespace {

/// Of OpenAI's strict mode, objects and lists together.
constexpr int kStrictDepth = 10;
constexpr std::array<std::string_view, 9> kStrictFormats{"date-time", "time", "date", "duration", "email",
                                                         "hostname",  "ipv4", "ipv6", "uuid"};

/// OpenAI's strict mode. Clears `expressed_` when it meets what the mode has no words for.
class Strict {
  public:
    explicit Strict(const json::Value& root) : root_(root) {}

    std::optional<json::Value> root() {
        json::Value out = convert(root_, 1);
        for (const char* name : {"definitions", "$defs"})
            for (const auto& [key, part] : root_[name].object()) {
                json::Value definitions = out["$defs"];
                definitions.set(key, convert(part, 1));
                out.set("$defs", std::move(definitions));
            }
        if (!expressed_) return std::nullopt;
        return out;
    }

  private:
    json::Value convert(const json::Value& given, int depth) {
        if (depth > kStrictDepth) expressed_ = false;
        if (!expressed_) return {};
        if (given.has("$ref")) return reference(given["$ref"].as_string());
        const json::Value schema = without_all_of(given, root_);
        json::Value out;
        out.make_object();
        const auto& alternatives = alternatives_of(schema);
        if (alternatives.is_array()) {
            json::Value list;
            for (const auto& alternative : alternatives.array())
                list.push(convert(alternative, depth));
            describe(out, schema, {});
            return std::move(out.set("anyOf", std::move(list)));
        }
        const auto types = types_of(schema);
        if (types.empty()) expressed_ = false;
        if (types.size() == 1) out.set("type", types[0]);
        if (types.size() > 1) out.set("type", json::Array(types.begin(), types.end()));
        for (const auto& type : types)
            add_keywords(out, schema, type, depth);
        if (schema.has("enum")) out.set("enum", schema["enum"]);
        if (schema.has("const")) out.set("enum", json::Array{schema["const"]});
        return out;
    }

    void add_keywords(json::Value& out, const json::Value& schema, std::string_view type, int depth) {
        if (type == "object") {
            add_members(out, schema, depth);
        } else if (type == "array") {
            if (!schema.has("items")) expressed_ = false;
            out.set("items", convert(schema["items"], depth + 1));
            copy_keywords(out, schema, {"minItems", "maxItems"});
            describe(out, schema, {});
        } else if (type == "string") {
            const std::string& format = schema["format"].as_string();
            const bool is_known =
                std::find(kStrictFormats.begin(), kStrictFormats.end(), format) != kStrictFormats.end();
            if (is_known) out.set("format", format);
            copy_keywords(out, schema, {"pattern"});
            if (is_known)
                describe(out, schema, {"minLength", "maxLength"});
            else
                describe(out, schema, {"minLength", "maxLength", "format"});
        } else {
            copy_keywords(out, schema,
                          {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"});
            describe(out, schema, {});
        }
    }

    void add_members(json::Value& out, const json::Value& schema, int depth) {
        const bool is_map = schema["additionalProperties"].is_object() ||
                            (!schema.has("properties") && !schema.has("additionalProperties"));
        if (is_map) {
            expressed_ = false;
            return;
        }
        json::Value properties, required;
        properties.make_object();
        required.make_array();
        for (const auto& [name, property] : schema["properties"].object()) {
            json::Value converted = convert(property, depth + 1);
            const bool is_needed = is_required(schema, name);
            if (!expressed_ && is_needed) return;
            const bool is_left_out = !std::exchange(expressed_, true);
            if (is_left_out) continue;
            properties.set(name, is_needed ? std::move(converted) : or_null(std::move(converted)));
            required.push(name);
        }
        out.set("properties", std::move(properties)).set("required", std::move(required));
        out.set("additionalProperties", false);
        describe(out, schema, {"minProperties", "maxProperties"});
    }

    static json::Value or_null(json::Value schema) {
        json::Value null;
        null.set("type", "null");
        json::Value out;
        if (schema.has("description")) {
            out.set("description", schema["description"]);
            schema.make_object().erase("description");
        }
        return out.set("anyOf", json::Array{std::move(schema), std::move(null)});
    }

    json::Value reference(const std::string& given) {
        if (!local_schema(root_, given)) expressed_ = false;
        constexpr std::string_view kDefinitions = "#/definitions/";
        json::Value out;
        return out.set(
            "$ref", given.starts_with(kDefinitions) ? "#/$defs/" + given.substr(kDefinitions.size()) : given);
    }

    const json::Value& root_;
    bool expressed_ = true;
};

}  // namespace

std::optional<json::Value> openai_strict_schema(const json::Value& schema) {
    return Strict(schema).root();
}

}  // namespace atelier::ai
