#pragma once
// Reads multipart/form-data as the fakes receive it.

#include <map>
#include <optional>
#include <string>

namespace atelier::tests {

/// By name; repeated ones are name, name#2, … Nothing when it is no such form or lacks its end.
std::optional<std::map<std::string, std::string>> parse_form(const std::string& content_type,
                                                             const std::string& body);

}  // namespace atelier::tests
