#include "workers/ai/builtin/instructions/desk/fonts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "workers/ai/builtin/instructions/language/vocabulary.hpp"

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
    {"open sans", "Open Sans"},
    {"arapey", "Arapey"},
    {"cherry bomb", "Cherry Bomb"},
    {"comfortaa", "Comfortaa"},
    {"dancing script", "Dancing Script"},
    {"dosis", "Dosis"},
    {"karla", "Karla"},
    {"kaushan script", "Kaushan Script"},
    {"kaushan", "Kaushan Script"},
    {"leckerli one", "Leckerli One"},
    {"leckerli", "Leckerli One"},
    {"le murmure", "Le Murmure"},
    {"manrope", "Manrope"},
    {"quattrocento", "Quattrocento"},
    {"quicksand", "Quicksand"},
    {"roboto slab", "Roboto Slab"},
    {"roboto", "Roboto"},
    {"vollkorn", "Vollkorn"},
    {"yanone kaffeesatz", "Yanone Kaffeesatz"},
    {"kaffeesatz", "Yanone Kaffeesatz"},
    {"amiri", "Amiri"},
    {"noto sans", "Noto Sans CJK JP"},
    {"noto serif", "Noto Serif CJK JP"},
    // families that Atelier does not ship, as the renderer is told to look for them
    {"playfair display", "Playfair Display"},
    {"playfair", "Playfair Display"},
    {"montserrat", "Montserrat"},
    {"poppins", "Poppins"},
    {"oswald", "Oswald"},
    {"raleway", "Raleway"},
    {"lobster", "Lobster"},
    {"pacifico", "Pacifico"},
    {"ubuntu", "Ubuntu"},
    {"work sans", "Work Sans"},
    {"source sans", "Source Sans 3"},
    {"merriweather", "Merriweather"},
    {"nunito", "Nunito"},
    {"helvetica", "Helvetica"},
    {"arial", "Arial"},
    {"times new roman", "Times New Roman"},
    {"georgia", "Georgia"},
    {"futura", "Futura"},
    {"verdana", "Verdana"},
    {"comic sans", "Comic Sans MS"},
    {"impact", "Impact"},
    // kinds
    {"serif", "EB Garamond"},
    {"slab serif", "Roboto Slab"},
    {"slab", "Roboto Slab"},
    {"sans serif", "Inter"},
    {"sans", "Inter"},
    {"script", "Dancing Script"},
    {"brush", "Kaushan Script"},
    {"handwritten", "Dancing Script"},
    {"monospace", "DejaVu Sans Mono"},
    {"condensed", "Bebas Neue"},
    {"narrow", "Yanone Kaffeesatz"},
    {"elegant", "Arapey"},
    {"modern", "Manrope"},
    {"geometric", "League Spartan"},
    {"friendly", "Quicksand"},
    {"rounded", "Quicksand"},
    {"playful", "Cherry Bomb"},
    {"classic", "Vollkorn"},
};

constexpr std::array<std::string_view, 5> kSilent{"the", "a", "font", "in", "family"};
bool is_silent(const Token& token) {
    return token.kind == Kind::word && std::find(kSilent.begin(), kSilent.end(), token.word) != kSilent.end();
}

}  // namespace

std::optional<std::string> read_font(std::span<const Token> phrase) {
    if (!phrase.empty() && phrase.back().kind == Kind::quoted) {
        const bool is_alone = std::all_of(phrase.begin(), phrase.end() - 1, is_silent);
        if (is_alone && phrase.back().word.size() <= 100) return phrase.back().word;
        return std::nullopt;
    }
    std::vector<std::string> said;
    for (const Token& token : phrase) {
        if (token.kind != Kind::word) return std::nullopt;
        if (!is_silent(token)) said.push_back(token.word);
    }
    // The names are spelt as the words of instructions are: "display" is one of its phrases.
    static const auto table = [] {
        std::map<std::vector<std::string>, std::string> out;
        for (const Row& row : kFonts)
            out.emplace(name_words(row.said), row.family);
        return out;
    }();
    const auto found = table.find(said);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace atelier::ai::builtin::instructions
