#include "tests/support/vendors/form.hpp"

namespace atelier::tests {

std::optional<std::map<std::string, std::string>> parse_form(const std::string& content_type,
                                                             const std::string& body) {
    constexpr std::string_view kType = "multipart/form-data; boundary=";
    if (!content_type.starts_with(kType)) return std::nullopt;
    const std::string boundary = "--" + content_type.substr(kType.size());
    std::map<std::string, std::string> parts;
    for (std::size_t at = body.find(boundary); at != std::string::npos;) {
        at += boundary.size();
        if (body.compare(at, 2, "--") == 0) return parts;
        const auto head_end = body.find("\r\n\r\n", at), end = body.find("\r\n" + boundary, at);
        const auto name_at = body.find("name=\"", at);
        if (head_end == std::string::npos || end == std::string::npos || name_at > head_end) break;
        const std::string name = body.substr(name_at + 6, body.find('"', name_at + 6) - name_at - 6);
        std::string key = name;
        for (int i = 2; parts.contains(key); ++i)
            key = name + "#" + std::to_string(i);
        parts[key] = body.substr(head_end + 4, end - head_end - 4);
        at = end + 2;
    }
    return std::nullopt;
}

}  // namespace atelier::tests
