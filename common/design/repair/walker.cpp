#include "common/design/repair/walker.hpp"

#include <algorithm>
#include <cmath>

#include "common/design/model/color.hpp"
#include "common/design/repair/coerce.hpp"
#include "common/design/repair/color_words.hpp"
#include "common/design/repair/words.hpp"
#include "common/design/schema/check.hpp"
#include "common/design/text/utf8.hpp"
#include "common/json/formats.hpp"
#include "common/json/pointer.hpp"
#include "common/json/schema.hpp"

namespace atelier::design {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::string_view kDefinitions = "#/definitions/";

/// A schema node behind its references, with the name of the last definition on the way.
struct Rule {
    const Value* schema = nullptr;
    std::string_view name;
};

Rule resolve(const Value& schema) {
    Rule rule{&schema, {}};
    while (rule.schema->has("$ref")) {
        rule.name = std::string_view((*rule.schema)["$ref"].as_string()).substr(kDefinitions.size());
        rule.schema = &design_schema()["definitions"][rule.name];
    }
    return rule;
}

/// The branch of a oneOf whose `type` is the value's; null when there is none.
const Value* branch_of(const Value& one_of, const Value& value) {
    for (const Value& branch : one_of.array()) {
        const Value& schema = *resolve(branch).schema;
        if (schema["properties"]["type"]["const"] == value["type"]) return &schema;
    }
    return nullptr;
}

/// A default with all that its own parts need.
Value complete(const Value& schema, const Value& value) {
    const Rule rule = resolve(schema);
    if (!value.is_object() || !(*rule.schema)["properties"].is_object()) return value;
    Value out = value;
    for (const Value& name : (*rule.schema)["required"].array()) {
        const Value& part = (*rule.schema)["properties"][name.as_string()];
        if (!out.has(name.as_string()) && part.has("default"))
            out.set(name.as_string(), complete(part, part["default"]));
    }
    return out;
}

bool is_required(const Value& schema, std::string_view name) {
    const Array& names = schema["required"].array();
    return std::any_of(names.begin(), names.end(), [&](const Value& n) { return n.as_string() == name; });
}

class Walker {
  public:
    explicit Walker(Editor& editor) : editor_(editor) {}

    /// Whether the value fits afterwards; where not, the caller takes it away.
    bool fit(const Value& schema, const std::string& at) {
        const Rule rule = resolve(schema);
        reshape(rule, at);
        const Value& value = editor_.at(at);
        const Value& node = *rule.schema;
        if (node.has("oneOf")) {
            const Value* branch = branch_of(node["oneOf"], value);
            return branch && fit(*branch, at);
        }
        if (node.has("const")) return value == node["const"];
        if (node.has("enum")) return fit_enum(node, at);
        const std::string& type = node["type"].as_string();
        if (type == "object") return fit_object(node, at);
        if (type == "array") return fit_array(node, rule.name, at);
        if (type == "boolean") return fit_flag(at);
        if (type == "string") return fit_text(node, at);
        return fit_number(node, at);
    }

  private:
    void put(const std::string& at, Value value, std::string rule, std::string reason) {
        editor_.replace(at, std::move(value), std::move(rule), std::move(reason));
    }

    /// What a paint, point or list of radii is written as when it is written otherwise.
    void reshape(const Rule& rule, const std::string& at) {
        const Value& value = editor_.at(at);
        std::optional<Value> meant;
        if (rule.name == "paint" && !is_plain_paint(*rule.schema, value)) meant = read_paint_meant(value);
        if (rule.name == "point" && !value.is_object()) meant = read_point_meant(value);
        if (rule.name == "corner_radii" && !(value.is_array() && value.size() == 4))
            meant = read_radii_meant(value);
        if (meant && !(*meant == value))
            put(at, std::move(*meant), "normalise", "It was written in another form.");
    }

    static bool is_plain_paint(const Value& schema, const Value& value) {
        const Value* branch = branch_of(schema["oneOf"], value);
        if (!branch) return false;
        const Array& names = (*branch)["required"].array();
        return std::all_of(names.begin(), names.end(), [&](const Value& n) {
            return value.has(n.as_string()) || (n.as_string() != "stops" && n.as_string() != "color");
        });
    }

    bool fit_object(const Value& node, const std::string& at) {
        if (!editor_.at(at).is_object()) return false;
        name_members(node, at);
        for (const auto& [name, part] : node["properties"].object()) {
            const std::string here = json::pointer_to(at, name);
            const bool is_needed = is_required(node, name);
            if (!editor_.has(here)) {
                if (!is_needed || name == "id") continue;
                if (!part.has("default")) return false;
                editor_.add(here, complete(part, part["default"]), "default", "The field was missing.");
                continue;
            }
            if (fit(part, here)) continue;
            if (!is_needed)
                editor_.remove(here, "unreadable", "What it held means nothing here.");
            else if (part.has("default"))
                put(here, complete(part, part["default"]), "default", "What it held means nothing here.");
            else if (name == "id")
                editor_.remove(here, "unreadable", "It was no identifier.");
            else
                return false;
        }
        return true;
    }

    /// Gives unknown members the name they stand for, or takes them away.
    void name_members(const Value& node, const std::string& at) {
        const Value& known = node["properties"];
        if (node["additionalProperties"].as_bool(true)) return;
        std::vector<std::string> strangers;
        for (const auto& [key, member] : editor_.at(at).object())
            if (!known.has(key)) strangers.push_back(key);
        for (const std::string& key : strangers) {
            const std::string from = json::pointer_to(at, key);
            const auto names = names_meant_by(key);
            const auto fits = [&](std::string_view n) { return known.has(n) && !editor_.at(at).has(n); };
            const auto meant = std::find_if(names.begin(), names.end(), fits);
            if (meant != names.end())
                editor_.move(from, json::pointer_to(at, *meant), "rename",
                             "The format has another name for it.");
            else
                editor_.remove(from, "unknown_field", "The format has no such field here.");
        }
    }

    bool fit_array(const Value& node, std::string_view name, const std::string& at) {
        if (!editor_.at(at).is_array()) {
            if (editor_.at(at).is_null()) return false;
            const Value single = editor_.at(at);
            const bool is_words =
                single.is_string() && resolve(node["items"]).schema->operator[]("type") == Value("string");
            put(at, is_words ? words_of(single.as_string()) : Value(Array{single}), "normalise",
                "A list was meant.");
        }
        const auto most = static_cast<std::size_t>(node["maxItems"].as_int(1000));
        if (editor_.at(at).size() > most) {
            Array first(editor_.at(at).array().begin(),
                        editor_.at(at).array().begin() + static_cast<std::ptrdiff_t>(most));
            put(at, std::move(first), "limit", "It may have at most " + std::to_string(most) + " elements.");
        }
        for (std::size_t i = 0; i < editor_.at(at).size();) {
            const std::string here = json::pointer_to(at, i);
            if (fit(node["items"], here)) {
                ++i;
                continue;
            }
            if (name == "corner_radii")
                put(here, 0, "default", "It was no length."), ++i;
            else
                editor_.remove(here, "unreadable", "The element means nothing here.");
        }
        return editor_.at(at).size() >= static_cast<std::size_t>(node["minItems"].as_int());
    }

    static Value words_of(std::string_view text) {
        Array words;
        while (!text.empty()) {
            const std::size_t comma = std::min(text.find(','), text.size());
            std::string_view word = text.substr(0, comma);
            while (word.starts_with(' '))
                word.remove_prefix(1);
            if (!word.empty()) words.push_back(word);
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
        return words;
    }

    bool fit_flag(const std::string& at) {
        if (editor_.at(at).is_bool()) return true;
        const auto flag = read_flag(editor_.at(at));
        if (flag) put(at, *flag, "type", "A truth value is written true or false.");
        return flag.has_value();
    }

    bool fit_text(const Value& node, const std::string& at) {
        if (node["format"] == Value("hex-color")) return fit_color(at);
        if (editor_.at(at).is_number()) put(at, json::write(editor_.at(at)), "type", "A text was meant.");
        if (!editor_.at(at).is_string()) return false;
        std::string text = editor_.at(at).as_string();
        if (std::erase(text, '\0') > 0) put(at, text, "characters", "It held null characters.");
        if (node["format"] == Value("uri"))
            return json::fits(json::Format::uri, text) && fits_length(node, text);
        const auto most = static_cast<std::size_t>(node["maxLength"].as_int(5000));
        if (std::string first = first_characters(text, most); first.size() < text.size()) {
            put(at, first, "limit", "It may have at most " + std::to_string(most) + " characters.");
            text = std::move(first);
        }
        return has_characters(text, static_cast<std::size_t>(node["minLength"].as_int()));
    }

    static bool fits_length(const Value& node, std::string_view text) {
        return text.size() <= static_cast<std::size_t>(node["maxLength"].as_int(5000));
    }

    bool fit_color(const std::string& at) {
        const Value& value = editor_.at(at);
        if (value.is_string() && parse_color(value.as_string())) return true;
        const auto color = read_any_color(value);
        if (color) put(at, to_string(*color), "color", "Colours are written #rrggbb or #rrggbbaa.");
        return color.has_value();
    }

    bool fit_enum(const Value& node, const std::string& at) {
        const Array& allowed = node["enum"].array();
        const auto is_allowed = [&](const Value& v) {
            return std::find(allowed.begin(), allowed.end(), v) != allowed.end();
        };
        const Value& value = editor_.at(at);
        if (is_allowed(value)) return true;
        std::string word = snake_case(value.is_bool() ? json::write(value) : value.as_string());
        std::vector<std::string> candidates{word};
        std::replace(word.begin(), word.end(), '_', '-');
        candidates.push_back(word);
        for (const std::string_view meant : values_meant_by(word))
            candidates.emplace_back(meant);
        for (const std::string& candidate : candidates)
            if (is_allowed(candidate)) {
                put(at, candidate, "word", "The format has another word for it.");
                return true;
            }
        return false;
    }

    bool fit_number(const Value& node, const std::string& at) {
        const std::string key = at.substr(at.rfind('/') + 1);
        const auto read = key == "font_weight" ? read_weight(editor_.at(at)) : read_number(editor_.at(at));
        if (!read || !std::isfinite(*read)) return false;
        double number = *read;
        if (key == "opacity" && number > 1 && number <= 100) number /= 100;
        if (key == "font_weight" && number > 0 && number < 10) number *= 100;
        if (key == "letter_spacing" && std::abs(number) > 2) number /= std::abs(number) > 50 ? 1000 : 32;
        if (key == "line_height" && number > 4) number /= number >= 50 && number <= 400 ? 100 : 32;
        if (node.has("exclusiveMaximum")) {
            const double turn = node["exclusiveMaximum"].as_double();
            if (number < 0 || number >= turn) {
                number = std::round(std::fmod(std::fmod(number, turn) + turn, turn) * 1000) / 1000;
                if (number >= turn) number = 0;
            }
        }
        if (node.has("maximum"))
            number = std::clamp(number, node["minimum"].as_double(), node["maximum"].as_double());
        const double step = node["multipleOf"].as_double(node["type"] == Value("integer") ? 1 : 0);
        if (step > 0) number = std::round(number / step) * step;
        const bool is_same = editor_.at(at).is_number() && number == editor_.at(at).as_double();
        if (!is_same)
            put(at, neat(number), editor_.at(at).is_number() ? "clamp" : "type",
                editor_.at(at).is_number() ? "It was outside what the field may hold."
                                           : "A number was meant.");
        return true;
    }

    Editor& editor_;
};

}  // namespace

void fit_to_schema(Editor& editor) {
    Walker(editor).fit(design_schema(), "");
}

}  // namespace atelier::design
