#include "workers/ai/builtin/compose/fonts.hpp"

#include <algorithm>
#include <cstdlib>

namespace atelier::ai::builtin::layout {

std::span<const FontFamily> font_families() {
    using enum Letterform;
    static const std::vector<FontFamily> kFamilies{
        {"Inter", sans, {300, 400, 500, 600, 700, 800, 900}, true, true, "fonts-inter", "OFL-1.1"},
        {"Lato", sans, {300, 400, 500, 600, 700, 800, 900}, true, true, "fonts-lato", "OFL-1.1"},
        {"League Spartan",
         sans,
         {300, 400, 500, 600, 700, 800, 900},
         false,
         true,
         "fonts-league-spartan",
         "OFL-1.1"},
        {"Manrope", sans, {300, 400, 500, 600, 700, 800}, false, true, "fonts-manrope", "OFL-1.1"},
        {"Karla", sans, {300, 400, 500, 600, 700, 800}, true, true, "fonts-karla", "OFL-1.1"},
        {"Open Sans", sans, {300, 400, 600, 700, 800}, true, true, "fonts-open-sans", "Apache-2.0"},
        {"Quicksand", rounded, {400, 700}, false, true, "fonts-quicksand", "OFL-1.1"},
        {"Comfortaa", rounded, {400, 700}, false, true, "fonts-comfortaa", "OFL-1.1"},
        {"Dosis", rounded, {400, 500, 600, 700, 800}, false, true, "fonts-dosis", "OFL-1.1"},
        {"Bebas Neue", condensed, {700}, false, false, "fonts-bebas-neue", "OFL-1.1"},
        {"Yanone Kaffeesatz", condensed, {400, 700}, false, true, "fonts-yanone-kaffeesatz", "OFL-1.1"},
        {"Le Murmure", condensed, {400}, false, true, "fonts-le-murmure", "OFL-1.1"},
        {"EB Garamond", serif, {400}, true, true, "fonts-ebgaramond", "OFL-1.1"},
        {"Vollkorn", serif, {400, 500, 600, 700, 800, 900}, true, true, "fonts-vollkorn", "OFL-1.1"},
        {"Quattrocento", serif, {400}, false, true, "fonts-quattrocento", "OFL-1.1"},
        {"Arapey", didone, {400, 900}, false, true, "fonts-arapey", "OFL-1.1"},
        {"Roboto Slab", slab, {400, 700}, false, true, "fonts-roboto-slab", "Apache-2.0"},
        {"Kaushan Script", script, {400}, false, true, "fonts-kaushanscript", "OFL-1.1"},
        {"Dancing Script", script, {400, 700}, false, true, "fonts-dancingscript", "OFL-1.1"},
        {"Leckerli One", script, {400}, false, true, "fonts-leckerli-one", "OFL-1.1"},
    };
    return kFamilies;
}

const FontFamily* find_font(std::string_view name) {
    const auto families = font_families();
    const auto found =
        std::find_if(families.begin(), families.end(), [&](const FontFamily& f) { return f.name == name; });
    return found == families.end() ? nullptr : &*found;
}

int nearest_weight(const FontFamily& family, int weight) {
    return *std::min_element(family.weights.begin(), family.weights.end(),
                             [&](int a, int b) { return std::abs(a - weight) < std::abs(b - weight); });
}

std::span<const TypePairing> type_pairings() {
    static const std::vector<TypePairing> kPairings{
        {"spartan", "League Spartan", "Inter", 800, 400, 600, false, -0.03, 0.95, 1.333,
         " bold friendly modern fresh energetic clear fun summer sale "},
        {"spartan caps", "League Spartan", "Lato", 900, 400, 700, true, -0.02, 0.92, 1.414,
         " bold loud strong sporty energetic urgent black friday sale thumbnail "},
        {"neue", "Inter", "Inter", 800, 400, 600, false, -0.025, 1.0, 1.333,
         " modern minimal swiss tech clean simple minimalist professional corporate quote clear "},
        {"neue black", "Inter", "Inter", 900, 400, 700, false, -0.03, 0.98, 1.5,
         " swiss bold minimal minimalist modern strong thumbnail tech "},
        {"bebas", "Bebas Neue", "Lato", 700, 400, 700, true, 0.01, 0.94, 1.5,
         " bold sporty urban loud strong urgent energetic dramatic thumbnail music industrial "},
        {"kaffeesatz", "Yanone Kaffeesatz", "Karla", 700, 400, 600, false, -0.005, 0.95, 1.414,
         " friendly warm cosy coffee jazz music vintage market food casual "},
        {"murmure", "Le Murmure", "Inter", 400, 400, 500, false, 0, 0.95, 1.618,
         " editorial jazz music art culture elegant gallery dramatic night sophisticated moody cool "},
        {"arapey black", "Arapey", "Lato", 900, 400, 700, false, -0.01, 1.0, 1.5,
         " premium luxury luxurious editorial fashion festive bold elegant retro vintage "},
        {"arapey", "Arapey", "Lato", 400, 400, 600, false, -0.01, 1.05, 1.618,
         " elegant premium luxury luxurious romantic fashion beauty calm wedding minimal refined floral "},
        {"garamond", "EB Garamond", "Lato", 400, 400, 600, false, -0.015, 1.02, 1.5,
         " elegant romantic classic calm literary wedding earthy natural organic quiet gentle traditional "
         "refined "},
        {"quattrocento", "Quattrocento", "Lato", 400, 400, 600, true, 0.06, 1.14, 1.333,
         " premium luxury luxurious classic elegant formal festive gold traditional wedding solemn "},
        {"vollkorn", "Vollkorn", "Karla", 800, 400, 700, false, -0.01, 1.02, 1.414,
         " warm earthy organic natural food vintage cosy traditional handmade rustic homely coffee "},
        {"slab", "Roboto Slab", "Karla", 700, 400, 600, false, -0.015, 1.04, 1.333,
         " trustworthy friendly warm retro vintage rustic school hiring earthy sturdy education "},
        {"manrope", "Manrope", "Manrope", 800, 400, 600, false, -0.03, 1.02, 1.333,
         " modern friendly clean calm tech professional fresh hiring minimal clear digital innovative "
         "futuristic young "},
        {"quicksand", "Quicksand", "Quicksand", 700, 400, 700, false, -0.02, 1.06, 1.333,
         " calm friendly pastel soft gentle fresh yoga wellness kind light serene welcoming "},
        {"comfortaa", "Comfortaa", "Karla", 700, 400, 600, false, -0.03, 1.08, 1.25,
         " calm friendly soft young pastel relaxed kind yoga children kids playful "},
        {"dosis", "Dosis", "Karla", 800, 400, 700, false, -0.01, 0.98, 1.414,
         " playful friendly fresh fun kids cheerful colourful colorful silly young children summer energetic "
         "school education "},
        {"leckerli", "Leckerli One", "Karla", 400, 400, 700, false, 0, 1.12, 1.414,
         " festive cheerful warm friendly sweet food bakery greeting joyful spring playful fun children "},
        {"kaushan", "Kaushan Script", "Lato", 400, 400, 700, false, 0, 1.15, 1.414,
         " festive lively greeting summer casual energetic handmade joyful travel "},
        {"dancing", "Dancing Script", "Lato", 700, 400, 600, false, 0, 1.12, 1.5,
         " romantic wedding floral sweet gentle spring greeting tender loving mother feminine "},
    };
    return kPairings;
}

std::string_view family_for_language(std::string_view language, Letterform like) {
    using enum Letterform;
    const std::string_view base = language.substr(0, language.find('-'));
    const bool has_serifs = like == serif || like == didone || like == script;
    if (base == "ar" || base == "fa" || base == "ur") return "Amiri";
    if (base == "ja") return has_serifs ? "Noto Serif CJK JP" : "Noto Sans CJK JP";
    if (base == "ko") return has_serifs ? "Noto Serif CJK KR" : "Noto Sans CJK KR";
    if (base != "zh") return {};
    const bool is_traditional =
        language.find("Hant") != language.npos || language.find("TW") != language.npos;
    if (is_traditional) return has_serifs ? "Noto Serif CJK TC" : "Noto Sans CJK TC";
    return has_serifs ? "Noto Serif CJK SC" : "Noto Sans CJK SC";
}

}  // namespace atelier::ai::builtin::layout
