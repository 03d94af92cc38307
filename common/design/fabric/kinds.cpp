#include "common/design/fabric/kinds.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace atelier::design::fabric {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 14> kKinds{{{"text", Kind::text},
                                                                    {"itext", Kind::text},
                                                                    {"textbox", Kind::text},
                                                                    {"image", Kind::image},
                                                                    {"rect", Kind::rect},
                                                                    {"circle", Kind::circle},
                                                                    {"ellipse", Kind::ellipse},
                                                                    {"triangle", Kind::triangle},
                                                                    {"polygon", Kind::polygon},
                                                                    {"polyline", Kind::polyline},
                                                                    {"line", Kind::line},
                                                                    {"path", Kind::path},
                                                                    {"group", Kind::group},
                                                                    {"activeselection", Kind::group}}};

/// `i-text` and `IText` are one.
std::string plain_type(const json::Value& object) {
    std::string out;
    for (const char c : object["type"].as_string())
        if (c != '-') out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return out;
}

}  // namespace

Kind kind_of(const json::Value& object) {
    const std::string type = plain_type(object);
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == type; });
    return found == kKinds.end() ? Kind::unknown : found->second;
}

bool wraps(const json::Value& object) {
    return plain_type(object) == "textbox";
}

}  // namespace atelier::design::fabric
