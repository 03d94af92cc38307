#include "api/http/request.hpp"

#include <algorithm>
#include <array>

namespace atelier::api::http {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{{"GET", Method::get},
                                                                       {"HEAD", Method::head},
                                                                       {"POST", Method::post},
                                                                       {"PUT", Method::put},
                                                                       {"PATCH", Method::patch},
                                                                       {"DELETE", Method::delete_},
                                                                       {"OPTIONS", Method::options}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view to_string(Method method) {
    for (const auto& [name, value] : kMethods) {
        if (value == method) return name;
    }
    return "OTHER";
}

Method parse_method(std::string_view name) {
    for (const auto& [known, value] : kMethods) {
        if (known == name) return value;
    }
    return Method::other;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

void Headers::set(std::string_view name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return equals_ignoring_case(field.first, name); });
    add(std::string(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const {
    for (const auto& [known, value] : fields_) {
        if (equals_ignoring_case(known, name)) return &value;
    }
    return nullptr;
}

std::string_view Headers::get(std::string_view name) const {
    const std::string* value = find(name);
    return value ? std::string_view(*value) : std::string_view();
}

const std::string* Parameters::find(std::string_view name) const {
    for (const auto& [known, value] : values_) {
        if (known == name) return &value;
    }
    return nullptr;
}

std::string_view Parameters::get(std::string_view name) const {
    const std::string* value = find(name);
    return value ? std::string_view(*value) : std::string_view();
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const auto& [known, value] : values_) {
        if (known == name) found.push_back(value);
    }
    return found;
}

std::string Request::content_type() const {
    std::string_view value = headers.get("Content-Type");
    std::string type(trimmed(value.substr(0, value.find(';'))));
    std::transform(type.begin(), type.end(), type.begin(), lower);
    return type;
}

std::string_view Request::bearer_token() const {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string_view value = headers.get("Authorization");
    if (value.size() <= kScheme.size() || !equals_ignoring_case(value.substr(0, kScheme.size()), kScheme))
        return {};
    return trimmed(value.substr(kScheme.size()));
}

}  // namespace atelier::api::http
