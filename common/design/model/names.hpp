#pragma once
// Private to common/design: how the enumerations are spelt in the JSON.

#include <algorithm>
#include <array>
#include <string_view>

#include "common/design/model/design.hpp"

namespace atelier::design {

template <class Enum>
struct Names;

template <>
struct Names<Blend> {
    static constexpr std::array<std::string_view, 12> kAll{
        "normal",      "multiply",   "screen",     "overlay",    "darken",     "lighten",
        "color-dodge", "color-burn", "hard-light", "soft-light", "difference", "exclusion"};
};
template <>
struct Names<ShapeKind> {
    static constexpr std::array<std::string_view, 3> kAll{"rectangle", "ellipse", "polygon"};
};
template <>
struct Names<Fit> {
    static constexpr std::array<std::string_view, 3> kAll{"cover", "contain", "stretch"};
};
template <>
struct Names<Flip> {
    static constexpr std::array<std::string_view, 4> kAll{"none", "horizontal", "vertical", "both"};
};
template <>
struct Names<Align> {
    static constexpr std::array<std::string_view, 4> kAll{"left", "center", "right", "justify"};
};
template <>
struct Names<VerticalAlign> {
    static constexpr std::array<std::string_view, 3> kAll{"top", "middle", "bottom"};
};
template <>
struct Names<Direction> {
    static constexpr std::array<std::string_view, 3> kAll{"auto", "ltr", "rtl"};
};
template <>
struct Names<Letters> {
    static constexpr std::array<std::string_view, 2> kAll{"none", "uppercase"};
};
template <>
struct Names<TextFit> {
    static constexpr std::array<std::string_view, 2> kAll{"fixed", "shrink"};
};
template <>
struct Names<Role> {
    static constexpr std::array<std::string_view, 10> kAll{"headline",   "subheadline", "body", "caption",
                                                           "cta",        "badge",       "logo", "hero",
                                                           "background", "decoration"};
};

template <class Enum>
std::string_view name_of(Enum value) {
    return Names<Enum>::kAll[static_cast<std::size_t>(value)];
}

/// The first value when no name fits; callers hold a checked document.
template <class Enum>
Enum named(std::string_view name) {
    const auto& all = Names<Enum>::kAll;
    const auto found = std::find(all.begin(), all.end(), name);
    return found == all.end() ? Enum{} : static_cast<Enum>(found - all.begin());
}

}  // namespace atelier::design
