#include "workers/ai/vendors/schema_dialect.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "workers/ai/vendors/schema_walk.hpp"

namespace atelier::ai {
namespace {

/// Of OpenAI's strict mode, objects and lists together.
constexpr int kStrictDepth = 10;
/// How often Gemini's schema repeats a part that refers to itself before it is left out.
constexpr int kInlinedDepth = 8;

constexpr std::array<std::string_view, 9> kStrictFormats{"date-time", "time", "date", "duration", "email",
                                                         "hostname",  "ipv4", "ipv6", "uuid"};

void describe(json::Value& out, const json::Value& schema, const std::vector<std::string_view>& in_words) {
    if (auto text = described(schema, in_words); !text.empty()) out.set("description", std::move(text));
}

void copy(json::Value& out, const json::Value& schema, std::initializer_list<const char*> keywords) {
    for (const char* keyword : keywords)
        if (schema.has(keyword)) out.set(keyword, schema[keyword]);
}

/// `anyOf`, or `oneOf` taken as one.
const json::Value& alternatives_of(const json::Value& schema) {
    return schema.has("anyOf") ? schema["anyOf"] : schema["oneOf"];
}

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
            copy(out, schema, {"minItems", "maxItems"});
            describe(out, schema, {});
        } else if (type == "string") {
            const std::string& format = schema["format"].as_string();
            const bool is_known =
                std::find(kStrictFormats.begin(), kStrictFormats.end(), format) != kStrictFormats.end();
            if (is_known) out.set("format", format);
            copy(out, schema, {"pattern"});
            if (is_known)
                describe(out, schema, {"minLength", "maxLength"});
            else
                describe(out, schema, {"minLength", "maxLength", "format"});
        } else {
            copy(out, schema, {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"});
            describe(out, schema, {});
        }
    }

    void add_members(json::Value& out, const json::Value& schema, int depth) {
        const bool is_map = schema["additionalProperties"].is_object() ||
                            (!schema.has("properties") && !schema.has("additionalProperties"));
        if (is_map) expressed_ = false;
        json::Value properties, required;
        properties.make_object();
        required.make_array();
        for (const auto& [name, property] : schema["properties"].object()) {
            json::Value converted = convert(property, depth + 1);
            properties.set(name,
                           is_required(schema, name) ? std::move(converted) : or_null(std::move(converted)));
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
            copy(out, schema, {"minItems", "maxItems"});
            describe(out, schema, {});
        } else if (type == "string") {
            add_choices(out, schema);
            if (schema["format"].as_string() == "date-time") out.set("format", "date-time");
            copy(out, schema, {"minLength", "maxLength", "pattern"});
            describe(out, schema, {"format"});
        } else {
            copy(out, schema, {"minimum", "maximum"});
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
        copy(out, schema, {"minProperties", "maxProperties"});
        describe(out, schema, {});
        return true;
    }

    const json::Value& root_;
};

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
    if (dialect == Dialect::openai_strict) converted = Strict(adapted.schema).root();
    if (dialect == Dialect::gemini) converted = Gemini(adapted.schema).convert(adapted.schema);
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
