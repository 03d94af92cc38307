#include "workers/adaptation/text_layout/fields.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::adaptation {
namespace {

constexpr std::string_view kAligns[] = {"left", "center", "right"};

std::string range(double low, double high) {
    const auto shown = [](double v) {
        std::string text = std::to_string(v);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
        return text;
    };
    return "between " + shown(low) + " and " + shown(high);
}

}  // namespace

Fields::Fields(const json::Value& object, std::string pointer, std::vector<FieldError>& errors)
    : object_(object), pointer_(std::move(pointer)), errors_(errors) {
    if (!object.is_object()) errors_.push_back({pointer_, "type", "This must be an object."});
}

void Fields::wrong(std::string_view name, std::string rule, std::string message) {
    errors_.push_back({pointer_to(name), std::move(rule), std::move(message)});
}

void Fields::only(std::span<const std::string_view> allowed) {
    for (const auto& [name, value] : object_.object())
        if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
            wrong(name, "additionalProperties", "There is no such field.");
}

void Fields::required(std::string_view name) {
    if (object_.is_object() && !object_.has(name)) wrong(name, "required", "This field is missing.");
}

void Fields::number(std::string_view name, double low, double high, double& into) {
    if (!object_.has(name)) return;
    const json::Value& v = object_[name];
    if (!v.is_number())
        wrong(name, "type", "This must be a number.");
    else if (!(v.as_double() >= low && v.as_double() <= high))
        wrong(name, "range", "This must lie " + range(low, high) + ".");
    else
        into = v.as_double();
}

void Fields::integer(std::string_view name, int low, int high, int& into) {
    if (!object_.has(name)) return;
    const json::Value& v = object_[name];
    if (!v.is_int())
        wrong(name, "type", "This must be a whole number.");
    else if (v.as_int() < low || v.as_int() > high)
        wrong(name, "range", "This must lie " + range(low, high) + ".");
    else
        into = int(v.as_int());
}

void Fields::text(std::string_view name, std::size_t max_bytes, std::string& into) {
    if (!object_.has(name)) return;
    const json::Value& v = object_[name];
    if (!v.is_string())
        wrong(name, "type", "This must be a text.");
    else if (v.as_string().size() > max_bytes)
        wrong(name, "maxLength", "This is longer than " + std::to_string(max_bytes) + " bytes.");
    else if (std::any_of(v.as_string().begin(), v.as_string().end(),
                         [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\t'; }))
        wrong(name, "pattern", "Control characters cannot be printed.");
    else
        into = v.as_string();
}

void Fields::color(std::string_view name, imaging::Color& into) {
    if (!object_.has(name)) return;
    if (const auto color = imaging::parse_color(object_[name].as_string()))
        into = *color;
    else
        wrong(name, "pattern", "A colour is written #rrggbb.");
}

void Fields::color_or_auto(std::string_view name, std::optional<imaging::Color>& into) {
    if (!object_.has(name)) return;
    if (object_[name].as_string() == "auto") {
        into.reset();
        return;
    }
    imaging::Color color;
    const std::size_t before = errors_.size();
    this->color(name, color);
    if (errors_.size() == before) into = color;
}

void Fields::align(std::string_view name, std::optional<imaging::Align>& into) {
    if (const auto index = one_of(name, kAligns)) into = static_cast<imaging::Align>(*index);
}

void Fields::shadow(std::string_view name, std::optional<imaging::Shadow>& into) {
    if (!object_.has(name)) return;
    const json::Value& v = object_[name];
    if (v.is_bool() || v.is_null()) {
        into = v.as_bool() ? std::optional(imaging::Shadow{}) : std::nullopt;
        return;
    }
    constexpr std::string_view kMembers[] = {"color", "dx", "dy", "blur", "opacity"};
    Fields fields(v, pointer_to(name), errors_);
    imaging::Shadow shadow;
    fields.only(kMembers);
    fields.color("color", shadow.color);
    fields.number("dx", -1, 1, shadow.dx);
    fields.number("dy", -1, 1, shadow.dy);
    fields.number("blur", 0, 1, shadow.blur);
    fields.number("opacity", 0, 1, shadow.opacity);
    into = shadow;
}

std::optional<std::size_t> Fields::one_of(std::string_view name, std::span<const std::string_view> names) {
    if (!object_.has(name)) return std::nullopt;
    const auto found = std::find(names.begin(), names.end(), object_[name].as_string());
    if (found != names.end()) return std::size_t(found - names.begin());
    std::string list;
    for (const auto n : names)
        list += (list.empty() ? "" : ", ") + std::string(n);
    wrong(name, "enum", "This must be one of: " + list + ".");
    return std::nullopt;
}

const json::Value* Fields::object(std::string_view name) {
    if (!object_.has(name)) return nullptr;
    if (object_[name].is_object()) return &object_[name];
    wrong(name, "type", "This must be an object.");
    return nullptr;
}

json::Value to_json(const imaging::Shadow& s) {
    return json::Object{{"color", imaging::to_string(s.color)},
                        {"dx", s.dx},
                        {"dy", s.dy},
                        {"blur", s.blur},
                        {"opacity", s.opacity}};
}

std::string_view to_string(imaging::Align align) {
    return kAligns[static_cast<std::size_t>(align)];
}

}  // namespace atelier::adaptation
