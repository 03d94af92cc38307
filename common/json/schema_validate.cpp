#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "common/json/schema_node.hpp"

namespace atelier::json {
namespace {

using Node = Schema::Node;

/// Doubles of this size and above are whole but no int64, so nothing could read them as integers.
constexpr double kIntegerLimit = 9.2e18;

bool is_of(Type type, const Value& value) {
    switch (type) {
        case Type::null:
            return value.is_null();
        case Type::boolean:
            return value.is_bool();
        case Type::number:
            return value.is_number();
        case Type::string:
            return value.is_string();
        case Type::array:
            return value.is_array();
        case Type::object:
            return value.is_object();
        case Type::integer:
            break;
    }
    const double number = value.as_double(0.5);
    return value.is_int() || (number == std::floor(number) && std::abs(number) < kIntegerLimit);
}

std::int64_t code_points(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

std::string list_of(const Array& values) {
    std::string out;
    for (const Value& value : values)
        out += (out.empty() ? "" : ", ") + write(value);
    return out;
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

class Validator {
  public:
    void visit(const Node& node, const Value& value, const std::string& at) {
        if (errors_.size() >= kMaxSchemaErrors) return;
        if (node.ref) return visit(*node.ref, value, at);
        if (!check_type(node, value, at)) return;
        if (node.allowed &&
            std::find(node.allowed->begin(), node.allowed->end(), value) == node.allowed->end())
            return add(
                at, node.is_const ? "const" : "enum",
                "must be " + (node.allowed->size() > 1 ? "one of " : std::string()) + list_of(*node.allowed));
        if (value.is_string()) check_string(node, value.as_string(), at);
        if (value.is_number()) check_number(node, value.as_double(), at);
        if (value.is_array()) check_array(node, value, at);
        if (value.is_object()) check_object(node, value, at);
        for (const Node* part : node.all_of)
            visit(*part, value, at);
        if (!node.any_of.empty()) check_branches(node.any_of, "anyOf", value, at);
        if (!node.one_of.empty()) check_branches(node.one_of, "oneOf", value, at);
    }

    std::vector<FieldError> take() { return std::move(errors_); }

  private:
    /// `rest` completes "The value …".
    void add(const std::string& at, std::string_view rule, std::string_view rest) {
        if (errors_.size() < kMaxSchemaErrors)
            errors_.push_back({at, std::string(rule), fmt::format("The value {}.", rest)});
    }

    bool check_type(const Node& node, const Value& value, const std::string& at) {
        const auto fits = [&](Type type) { return is_of(type, value); };
        if (node.types.empty() || std::any_of(node.types.begin(), node.types.end(), fits)) return true;
        std::string wanted;
        for (const Type type : node.types)
            wanted.append(wanted.empty() ? "" : " or ").append(describe(type));
        add(at, "type", "must be " + wanted);
        return false;
    }

    void check_string(const Node& node, const std::string& text, const std::string& at) {
        if (text.find('\0') != text.npos) return add(at, "characters", "must not hold the character U+0000");
        const std::int64_t length = node.min_length || node.max_length ? code_points(text) : 0;
        if (node.min_length && length < *node.min_length)
            add(at, "minLength",
                length == 0 ? "must not be empty"
                            : "must have at least " + plural(*node.min_length, "character", "characters"));
        else if (node.max_length && length > *node.max_length)
            add(at, "maxLength", "must have at most " + plural(*node.max_length, "character", "characters"));
        else if (node.format && !fits(*node.format, text))
            add(at, "format", fmt::format("must be {}", describe(*node.format)));
    }

    void check_number(const Node& node, double number, const std::string& at) {
        if (node.minimum && number < *node.minimum)
            add(at, "minimum", fmt::format("must be at least {}", *node.minimum));
        if (node.maximum && number > *node.maximum)
            add(at, "maximum", fmt::format("must be at most {}", *node.maximum));
        if (node.exclusive_minimum && number <= *node.exclusive_minimum)
            add(at, "exclusiveMinimum", fmt::format("must be more than {}", *node.exclusive_minimum));
        if (node.exclusive_maximum && number >= *node.exclusive_maximum)
            add(at, "exclusiveMaximum", fmt::format("must be less than {}", *node.exclusive_maximum));
        if (!node.multiple_of) return;
        const double steps = number / *node.multiple_of;
        if (std::abs(steps - std::round(steps)) > 1e-9 * std::max(1.0, std::abs(steps)))
            add(at, "multipleOf", fmt::format("must be a multiple of {}", *node.multiple_of));
    }

    void check_array(const Node& node, const Value& value, const std::string& at) {
        const auto size = static_cast<std::int64_t>(value.size());
        if (node.min_items && size < *node.min_items)
            add(at, "minItems", "must have at least " + plural(*node.min_items, "element", "elements"));
        // What is too long is not read: a stranger decides its length.
        if (node.max_items && size > *node.max_items)
            return add(at, "maxItems", "must have at most " + plural(*node.max_items, "element", "elements"));
        std::set<std::string> seen;
        for (std::size_t i = 0; i < value.size() && errors_.size() < kMaxSchemaErrors; ++i) {
            const std::string here = at + "/" + std::to_string(i);
            if (node.items) visit(*node.items, value.at(i), here);
            if (node.unique_items && !seen.insert(write_canonical(value.at(i))).second)
                add(here, "uniqueItems", "stands in the list already");
        }
    }

    void check_object(const Node& node, const Value& value, const std::string& at) {
        for (const std::string& name : node.required)
            if (!value.has(name))
                errors_.push_back(
                    {pointer_to(at, name), "required", "The field \"" + name + "\" is missing."});
        if (node.min_properties && static_cast<std::int64_t>(value.size()) < *node.min_properties)
            add(at, "minProperties", "must have at least " + plural(*node.min_properties, "field", "fields"));
        for (const auto& [name, member] : value.object()) {
            if (errors_.size() >= kMaxSchemaErrors) return;
            const std::string here = pointer_to(at, name);
            const auto known = std::find_if(node.properties.begin(), node.properties.end(),
                                            [&](const auto& p) { return p.first == name; });
            if (known != node.properties.end())
                visit(*known->second, member, here);
            else if (node.additional)
                visit(*node.additional, member, here);
            else if (!node.additional_allowed)
                errors_.push_back({here, "additionalProperties", "There is no such field here."});
        }
    }

    void check_branches(const std::vector<const Node*>& branches, std::string_view rule, const Value& value,
                        const std::string& at) {
        std::size_t matches = 0;
        std::vector<FieldError> closest;
        std::size_t candidates = 0;
        for (const Node* branch : branches) {
            Validator attempt;
            attempt.visit(*branch, value, at);
            if (attempt.errors_.empty()) {
                ++matches;
            } else if (attempt.is_attempt_at(at)) {
                ++candidates;
                closest = attempt.take();
            }
        }
        if (matches == 1 || (matches > 1 && rule == "anyOf")) return;
        if (matches > 1) return add(at, rule, "fits more than one of the forms that it may have");
        // One form was clearly meant: its own errors help more than "none fits".
        if (candidates != 1) return add(at, rule, "has none of the forms that it may have");
        for (FieldError& error : closest)
            if (std::find(errors_.begin(), errors_.end(), error) == errors_.end() &&
                errors_.size() < kMaxSchemaErrors)
                errors_.push_back(std::move(error));
    }

    /// Whether the errors leave it possible that this form was meant: the type is right, and so is every
    /// fixed word in it.
    bool is_attempt_at(const std::string& at) const {
        return std::none_of(errors_.begin(), errors_.end(), [&](const FieldError& error) {
            return (error.pointer == at && (error.rule == "type" || error.rule == "enum")) ||
                   error.rule == "const";
        });
    }

    std::vector<FieldError> errors_;
};

}  // namespace

std::vector<FieldError> Schema::validate(const Value& value) const {
    Validator validator;
    validator.visit(*root_, value, "");
    return validator.take();
}

Result<> Schema::check(const Value& value) const {
    auto errors = validate(value);
    if (errors.empty()) return {};
    return invalid(std::move(errors));
}

Result<Value> parse_valid(std::string_view text, const Schema& schema) {
    auto value = parse(text);
    if (!value) return value;
    if (auto checked = schema.check(*value); !checked) return checked.error();
    return value;
}

std::string pointer_to(std::string_view parent, std::string_view key) {
    std::string pointer(parent);
    pointer += '/';
    for (const char c : key) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

}  // namespace atelier::json
