#include "api/openapi/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>

namespace atelier::api {
namespace {

template <class T>
bool read_number(const std::string& text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

json::Value scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return text;  // quoted
    if (text.empty() || text == "null" || text == "~") return nullptr;
    if (text == "true") return true;
    if (text == "false") return false;
    long long whole = 0;
    if (read_number(text, whole)) return whole;
    double number = 0;
    if (read_number(text, number)) return number;
    return text;
}

json::Value convert(const YAML::Node& node) {
    if (node.IsScalar()) return scalar(node);
    if (node.IsSequence()) {
        json::Array list;
        for (const YAML::Node& element : node)
            list.push_back(convert(element));
        return list;
    }
    if (node.IsMap()) {
        json::Object object;
        for (const auto& member : node)
            object.set(member.first.Scalar(), convert(member.second));
        return object;
    }
    return nullptr;
}

}  // namespace

Result<json::Value> parse_yaml(std::string_view text) {
    try {
        return convert(YAML::Load(std::string(text)));
    } catch (const YAML::Exception& e) {
        return internal(std::string("The text is not valid YAML: ") + e.what());
    }
}

}  // namespace atelier::api
