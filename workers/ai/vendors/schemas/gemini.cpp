#include <algorithm>
#include <cctype>

#include "workers/ai/vendors/schemas/walk.hpp"

namespace atelier::ai {
namespace {

/// How often Gemini's schema repeats a part that refers to itself before it is left out.
constexpr int kInlinedDepth = 8;

/// Gemini's part of OpenAPI's schema object: references are written out, null is a keyword.
class Gemini {
  public:
    explicit Gemini(const json::Value& root) : root_(root) {}

    /// Nothing where a part would repeat itself too often, or refers to what is not there.
    std::optional<json::Value> convert(const json::Value& given, int depth = 0) {
        if (given.has("$ref")) {
            const auto* target = local_schema(root_, given["$ref"].as_string());
            if (!target || depth >= kInlinedDepth) return std::nullopt;
            return convert(*target, depth + 1);
        }
        const json::Value schema = without_all_of(given, root_);
        json::Value out;
        out.make_object();
        if (const auto& alternatives = alternatives_of(schema); alternatives.is_array())
            return any_of(std::move(out), schema, alternatives, depth);
        auto types = types_of(schema);
        if (std::erase(types, "null") > 0) out.set("nullable", true);
        if (types.empty()) types.push_back("string");
        if (types.size() > 1) return any_type(std::move(out), schema, types, depth);
        if (!add_keywords(out, schema, types[0], depth)) return std::nullopt;
        return out;
    }

  private:
    std::optional<json::Value> any_of(json::Value out, const json::Value& schema,
                                      const json::Value& alternatives, int depth) {
        json::Array list;
        for (const auto& alternative : alternatives.array()) {
            if (types_of(alternative) == std::vector<std::string>{"null"})
                out.set("nullable", true);
            else if (auto converted = convert(alternative, depth))
                list.push_back(std::move(*converted));
        }
        if (list.empty()) return std::nullopt;
        describe(out, schema, {});
        if (list.size() > 1) return std::move(out.set("anyOf", std::move(list)));
        for (const auto& [key, value] : list[0].object())
            out.set(key, value);
        return out;
    }

    std::optional<json::Value> any_type(json::Value out, const json::Value& schema,
                                        const std::vector<std::string>& types, int depth) {
        json::Value alternatives;
        for (const auto& type : types) {
            json::Value one = schema;
            alternatives.push(std::move(one.set("type", type)));
        }
        return any_of(std::move(out), schema, alternatives, depth);
    }

    bool add_keywords(json::Value& out, const json::Value& schema, const std::string& type, int depth) {
        std::string upper = type;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        out.set("type", std::move(upper));
        if (type == "object") return add_members(out, schema, depth);
        if (type == "array") {
            auto items = convert(schema["items"], depth);
            if (!items) return false;
            out.set("items", std::move(*items));
            copy_keywords(out, schema, {"minItems", "maxItems"});
            describe(out, schema, {});
        } else if (type == "string") {
            add_choices(out, schema);
            if (schema["format"].as_string() == "date-time") out.set("format", "date-time");
            copy_keywords(out, schema, {"minLength", "maxLength", "pattern"});
            describe(out, schema, {"format"});
        } else {
            copy_keywords(out, schema, {"minimum", "maximum"});
            describe(out, schema, {"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum", "const"});
        }
        return true;
    }

    static void add_choices(json::Value& out, const json::Value& schema) {
        json::Array choices;
        for (const auto& value : schema["enum"].array())
            if (value.is_string()) choices.push_back(value);
        if (schema["const"].is_string()) choices = {schema["const"]};
        if (choices.empty()) return;
        out.set("format", "enum").set("enum", std::move(choices));
    }

    bool add_members(json::Value& out, const json::Value& schema, int depth) {
        json::Value properties, required, order;
        for (const auto& [name, property] : schema["properties"].object()) {
            auto converted = convert(property, depth);
            if (!converted && is_required(schema, name)) return false;
            if (!converted) continue;
            properties.set(name, std::move(*converted));
            order.push(name);
            if (is_required(schema, name)) required.push(name);
        }
        if (properties.size() == 0) return false;  // Gemini refuses an object without named members
        out.set("properties", std::move(properties)).set("propertyOrdering", std::move(order));
        if (required.size() > 0) out.set("required", std::move(required));
        copy_keywords(out, schema, {"minProperties", "maxProperties"});
        describe(out, schema, {});
        return true;
    }

    const json::Value& root_;
};

}  // namespace

std::optional<json::Value> gemini_schema(const json::Value& schema) {
    return Gemini(schema).convert(schema);
}

}  // namespace atelier::ai
