#include "common/design/fabric/font_lines.hpp"

#include <algorithm>
#include <array>

namespace atelier::design::fabric {
namespace {

/// Ascent and descent of the fonts of ops/packages, em, as their `hhea` tables say.
struct FontExtent {
    std::string_view family;
    double ascent, descent;
};
constexpr std::array<FontExtent, 25> kFonts{
    {{"Open Sans", 1.069, 0.293},       {"Lato", 0.805, 0.195},
     {"Inter", 0.969, 0.242},           {"League Spartan", 0.7, 0.22},
     {"Bebas Neue", 0.75, 0.25},        {"EB Garamond", 0.726, 0.274},
     {"DejaVu Sans", 0.929, 0.236},     {"DejaVu Serif", 0.929, 0.236},
     {"Noto Sans CJK JP", 1.16, 0.288}, {"Noto Serif CJK JP", 1.151, 0.286},
     {"Amiri", 1.124, 0.634},           {"Manrope", 1.066, 0.3},
     {"Karla", 0.917, 0.252},           {"Quicksand", 1, 0.25},
     {"Comfortaa", 0.881, 0.234},       {"Dosis", 1.027, 0.237},
     {"Yanone Kaffeesatz", 0.735, 0.2}, {"Le Murmure", 1.009, 0.167},
     {"Vollkorn", 0.952, 0.441},        {"Quattrocento", 0.882, 0.26},
     {"Arapey", 0.868, 0.228},          {"Roboto Slab", 1.048, 0.271},
     {"Kaushan Script", 1.084, 0.367},  {"Dancing Script", 0.92, 0.28},
     {"Leckerli One", 1.032, 0.313}}};

constexpr double kBaselineFromEnd = 0.222;  ///< of a line of Fabric's

const FontExtent& extent_of(std::string_view family) {
    const auto found =
        std::find_if(kFonts.begin(), kFonts.end(), [&](const auto& f) { return f.family == family; });
    return found == kFonts.end() ? kFonts[0] : *found;
}

}  // namespace

double block_shift(VerticalAlign align, std::string_view family, double size, double line_height) {
    const FontExtent& font = extent_of(family);
    const double above = (line_height - font.ascent - font.descent) / 2 + font.ascent;  // to the baseline, em
    const double fabric_above = kFabricLine * (1 - kBaselineFromEnd);
    const double fabric_below = kFabricLine * kBaselineFromEnd;
    switch (align) {
        case VerticalAlign::top:
            return size * (above - fabric_above);
        case VerticalAlign::bottom:
            return size * (fabric_below - (line_height - above));
        case VerticalAlign::middle:
            return size * ((above - line_height / 2) - (fabric_above - kFabricLine / 2));
    }
    return 0;
}

double block_height(double size, double line_height, int lines) {
    return size * ((std::max(1, lines) - 1) * line_height + kFabricLine);
}

}  // namespace atelier::design::fabric
