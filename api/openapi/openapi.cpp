#include "api/openapi/openapi.hpp"

#include <algorithm>
#include <array>

#include "api/openapi/bundle.hpp"
#include "api/openapi/yaml.hpp"
#include "common/json/value.hpp"
#include "schemas.hpp"

namespace atelier::api {
namespace {

constexpr std::array<std::string_view, 5> kMethods{"get", "put", "post", "patch", "delete"};

Result<json::Value> load_schema(std::string_view path) {
    const std::string_view text = schemas::find(path);
    if (text.empty()) return not_found("schema file");
    return json::parse(text);
}

std::string upper(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return out;
}

}  // namespace

Result<std::string> openapi_json() {
    auto document = parse_yaml(schemas::find("openapi.yaml"));
    if (!document) return document.error();
    auto whole = bundle(std::move(*document), load_schema);
    if (!whole) return whole.error();
    return json::write(*whole);
}

Result<std::vector<Operation>> openapi_operations() {
    const auto document = parse_yaml(schemas::find("openapi.yaml"));
    if (!document) return document.error();
    const std::string prefix = (*document)["servers"].at(0)["url"].as_string();
    std::vector<Operation> operations;
    for (const auto& [path, item] : (*document)["paths"].object())
        for (const auto& [method, operation] : item.object()) {
            if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) continue;
            const json::Value& body =
                operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            operations.push_back({upper(method), prefix + path, operation["x-access"].as_string(),
                                  operation["x-rate-class"].as_string(), body.as_string()});
        }
    return operations;
}

}  // namespace atelier::api
