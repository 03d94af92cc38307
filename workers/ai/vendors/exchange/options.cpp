#include "workers/ai/vendors/exchange/options.hpp"

#include <algorithm>

#include "common/json/schema.hpp"

namespace atelier::ai {

const json::Value* OptionReader::find(std::string_view name) {
    known_.emplace_back(name);
    return options_.object().find(name);
}

void OptionReader::wrong(std::string_view name, std::string rule, std::string message) {
    errors_.push_back({json::pointer_to("/options", name), std::move(rule), std::move(message)});
}

std::string OptionReader::text(std::string_view name, std::string_view fallback) {
    const auto* value = find(name);
    if (!value) return std::string(fallback);
    if (!value->is_string()) wrong(name, "type", "this must be text");
    return value->as_string();
}

std::string OptionReader::choice(std::string_view name, std::initializer_list<std::string_view> choices) {
    std::string chosen = text(name, *choices.begin());
    if (std::find(choices.begin(), choices.end(), chosen) != choices.end()) return chosen;
    std::string all;
    for (const auto choice : choices)
        all += (all.empty() ? "" : ", ") + std::string(choice);
    wrong(name, "enum", "this must be one of " + all);
    return std::string(*choices.begin());
}

std::int64_t OptionReader::integer(std::string_view name, std::int64_t fallback, std::int64_t least,
                                   std::int64_t most) {
    const auto* value = find(name);
    if (!value) return fallback;
    if (value->is_int() && value->as_int() >= least && value->as_int() <= most) return value->as_int();
    wrong(name, "range",
          "this must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return fallback;
}

double OptionReader::number(std::string_view name, double fallback, double least, double most) {
    const auto* value = find(name);
    if (!value) return fallback;
    if (value->is_number() && value->as_double() >= least && value->as_double() <= most)
        return value->as_double();
    wrong(name, "range", "this must be a number from " + json::write(least) + " to " + json::write(most));
    return fallback;
}

bool OptionReader::flag(std::string_view name, bool fallback) {
    const auto* value = find(name);
    if (!value) return fallback;
    if (!value->is_bool()) wrong(name, "type", "this must be true or false");
    return value->as_bool(fallback);
}

json::Value OptionReader::object(std::string_view name) {
    const auto* value = find(name);
    if (!value || value->is_null()) return {};
    if (!value->is_object()) wrong(name, "type", "this must be an object");
    return *value;
}

json::Value OptionReader::list(std::string_view name) {
    const auto* value = find(name);
    if (!value || value->is_null()) return {};
    if (!value->is_array()) wrong(name, "type", "this must be a list");
    return *value;
}

std::vector<std::string> OptionReader::texts(std::string_view name) {
    const auto* value = find(name);
    if (!value) return {};
    std::vector<std::string> texts;
    bool is_right = value->is_array();
    for (const auto& element : value->array()) {
        is_right = is_right && element.is_string();
        texts.push_back(element.as_string());
    }
    if (!is_right) wrong(name, "type", "this must be a list of texts");
    return texts;
}

Result<> OptionReader::finish() {
    if (!options_.is_null() && !options_.is_object())
        errors_.push_back({"/options", "type", "options are an object"});
    for (const auto& [name, value] : options_.object())
        if (std::find(known_.begin(), known_.end(), name) == known_.end())
            wrong(name, "additionalProperties", "this vendor has no such option");
    if (errors_.empty()) return {};
    return invalid(std::move(errors_));
}

http_client::Guard output_guard(OptionReader& options) {
    http_client::Guard guard;
    guard.allowed_addresses = options.texts("output_addresses");
    if (const auto port = options.integer("output_port", 0, 0, 65535))
        guard.ports = {static_cast<std::uint16_t>(port)};
    return guard;
}

}  // namespace atelier::ai
