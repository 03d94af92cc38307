#include "workers/ai/builtin/instructions/fonts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace atelier::ai::builtin::instructions {
namespace {

struct Row {
    std::string_view said, family;
};
constexpr Row kFonts[] = {
    {"inter", "Inter"},
    {"lato", "Lato"},
    {"league spartan", "League Spartan"},
    {"spartan", "League Spartan"},
    {"bebas neue", "Bebas Neue"},
    {"bebas", "Bebas Neue"},
    {"eb garamond", "EB Garamond"},
    {"garamond", "EB Garamond"},
    {"open sansserif", "Open Sans"},
    {"open", "Open Sans"},
    {"roboto", "Roboto"},
    {"roboto slab", "Roboto Slab"},
    {"noto sansserif", "Noto Sans"},
    {"noto serif", "Noto Serif"},
    {"playfair display", "Playfair Display"},
    {"playfair", "Playfair Display"},
    {"montserrat", "Montserrat"},
    {"poppins", "Poppins"},
    {"oswald", "Oswald"},
    {"raleway", "Raleway"},
    {"cantarell", "Cantarell"},
    {"quicksand", "Quicksand"},
    {"comfortaa", "Comfortaa"},
    {"lobster", "Lobster"},
    {"pacifico", "Pacifico"},
    {"dancing script", "Dancing Script"},
    {"amiri", "Amiri"},
    {"ubuntu", "Ubuntu"},
    {"work sansserif", "Work Sans"},
    {"source sansserif", "Source Sans 3"},
    {"helvetica", "Inter"},
    {"arial", "Inter"},
    {"times", "EB Garamond"},
    {"times new roman", "EB Garamond"},
    {"georgia", "EB Garamond"},
    {"futura", "League Spartan"},
    {"impact", "Bebas Neue"},
    {"serif", "EB Garamond"},
    {"sansserif", "Inter"},
    {"script", "Dancing Script"},
    {"monospace", "DejaVu Sans Mono"},
    {"condensed", "Bebas Neue"},
    {"display", "League Spartan"},
    {"elegant", "EB Garamond"},
    {"modern", "Inter"},
    {"geometric", "League Spartan"},
};

constexpr std::array<std::string_view, 5> kSilent{"the", "a", "font", "in", "family"};

}  // namespace

std::optional<std::string> read_font(std::span<const Token> phrase) {
    std::string said;
    if (!phrase.empty() && phrase.back().kind == Kind::quoted) {
        const bool is_alone = std::all_of(phrase.begin(), phrase.end() - 1, [](const Token& t) {
            return t.kind == Kind::word && std::find(kSilent.begin(), kSilent.end(), t.word) != kSilent.end();
        });
        if (is_alone && phrase.back().word.size() <= 100) return phrase.back().word;
        return std::nullopt;
    }
    for (const Token& token : phrase) {
        if (token.kind != Kind::word) return std::nullopt;
        if (std::find(kSilent.begin(), kSilent.end(), token.word) != kSilent.end()) continue;
        said += (said.empty() ? "" : " ") + token.word;
    }
    for (const Row& row : kFonts)
        if (row.said == said) return std::string(row.family);
    return std::nullopt;
}

}  // namespace atelier::ai::builtin::instructions
